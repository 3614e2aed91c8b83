package org.frameline.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://127.0.0.1:5555",
        "tcp://*:1",
        "tcp://[::1]:65535",
        "tcp://[fe80::1%eth0]:5555",
        "tcp://cam_1:5555",
        "tcp://bench-3.lab:5555",
        "tcp://127.0.0.1:*"
      })
  void readsAndWritesTcp(String text) {
    assertThat(Endpoint.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5555",
        "127.0.0.1:5555",
        "tcp://127.0.0.1",
        "tcp://:5555",
        "tcp://h:5555/x",
        "ipc:///tmp/x",
        "tcp://a b:1",
        "tcp://h:0x10",
        "tcp://h:123456",
        "tcp://::1:5555",
        "tcp://h:1\n"
      })
  void refusesEverythingElseWithAnExample(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.parse(text))
        .withMessage("expected an endpoint such as tcp://127.0.0.1:5555, found \"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "*, 10.0.0.7, 127.0.0.1",
    "0.0.0.0, 10.0.0.7, 127.0.0.1",
    "[::], 10.0.0.7, [::1]",
    "[0:0:0:0:0:0:0:0], 10.0.0.7, [::1]",
    "cam_1, cam_1, cam_1",
    "[::1], [::1], [::1]"
  })
  void saysHowOthersAndThisMachineReachIt(String host, String others, String here) {
    Endpoint endpoint = new Endpoint(host, "1");
    assertThat(endpoint.reachedAt("10.0.0.7").host()).isEqualTo(others);
    assertThat(endpoint.reachedHere().host()).isEqualTo(here);
    assertThat(endpoint.isEveryAddress()).isEqualTo(!host.equals(others));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true, false",
    "127.3.2.1, true, false",
    "[::1], true, true",
    "*, false, false",
    "10.0.0.7, false, false",
    "[fe80::1], false, true",
    "0.0.0.0, false, false",
    "no.such.host.invalid, false, false"
  })
  void knowsAddresses(String host, boolean isLoopback, boolean needsIpv6) {
    assertThat(new Endpoint(host, "1").isLoopback()).isEqualTo(isLoopback);
    assertThat(new Endpoint(host, "1").needsIpv6()).isEqualTo(needsIpv6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "99999"})
  void refusesPortsThatDoNotExist(String port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.parse("tcp://127.0.0.1:" + port))
        .withMessage("expected a port from 1 to 65535 or *, found " + port);
  }
}
