package org.frameline.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.frameline.protocol.Endpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class FetchConfigTest {
  @ParameterizedTest
  @CsvSource({
    "camera, tcp://camera:5580",
    "192.0.2.10, tcp://192.0.2.10:5580",
    "192.0.2.10:7000, tcp://192.0.2.10:7000",
    "[2001:db8::1], tcp://[2001:db8::1]:5580",
    "[2001:db8::1]:7000, tcp://[2001:db8::1]:7000",
    "tcp://camera:7000, tcp://camera:7000"
  })
  void aHostMayHaveAPort(String text, String endpoint) {
    assertThat(new HostConverter().convert(text)).hasToString(endpoint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "camera:", "camera:x", "camera:70000", "2001:db8::1", "*", "a:*", "0.0.0.0"})
  void whatIsNoHostIsOneLine(String text) {
    assertThatThrownBy(() -> new HostConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("expected HOST or HOST:PORT")
        .hasMessageEndingWith("\"" + text + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a.h5", "/a.h5", ".a", "a.h5.part", ""})
  void aNameThatNobodyServesIsNotAskedFor(String name) {
    Endpoint from = Endpoint.parse("tcp://camera:5580");
    assertThatThrownBy(
            () ->
                new FetchConfig(
                    from, new NamePattern(name), Path.of("out"), false, false, Duration.ZERO))
        .hasMessageContaining("PATTERN: expected the name of a file");
  }
}
