package org.frameline.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://127.0.0.1:5555",
        "tcp://*:1",
        "tcp://[::1]:65535",
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
  @ValueSource(strings = {"0", "65536", "99999"})
  void refusesPortsThatDoNotExist(String port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.parse("tcp://127.0.0.1:" + port))
        .withMessage("expected a port from 1 to 65535 or *, found " + port);
  }
}
