package org.frameline.program.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.frameline.protocol.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ConvertersTest {

  @ParameterizedTest
  @CsvSource({
    "500ms,500",
    "10s,10000",
    "1.5s,1500",
    "0.001s,1",
    "5m,300000",
    "2h,7200000",
    "999999999s,999999999000"
  })
  void readsTimes(String text, long ms) {
    assertThat(new DurationConverter().convert(text)).hasMillis(ms);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "s",
        "-1s",
        "0s",
        "0.0ms",
        "1e3s",
        "10 s",
        "1d",
        "10S",
        "١s",
        "1.s",
        "9999999999s"
      })
  void refusesWhatIsNoTime(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new DurationConverter().convert(text))
        .withMessage(
            "expected a time above 0 such as 500ms, 10s, 5m or 1h, found \"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "1B,1",
    "500MB,500000000",
    "2GiB,2147483648",
    "1kB,1000",
    "1KiB,1024",
    "3TB,3000000000000",
    "999999TiB,1099510528264372224"
  })
  void readsSizes(String text, long bytes) {
    assertThat(new ByteSizeConverter().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5", "0B", "0GiB", "-1MB", "1.5GB", "1KB", "1kiB", "1 GB", "1Gb", "1000000GB"})
  void refusesWhatIsNoSize(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new ByteSizeConverter().convert(text))
        .withMessage("expected a size such as 500MB or 2GiB, found \"" + text + "\"");
  }

  @Test
  void readsEndpoints() {
    assertThat(new EndpointConverter().convert("tcp://127.0.0.1:5555"))
        .isEqualTo(new Endpoint("127.0.0.1", "5555"));
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new EndpointConverter().convert("5555"))
        .withMessageContaining("such as tcp://127.0.0.1:5555");
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new EndpointConverter().convert("tcp://127.0.0.1:70000"))
        .withMessageContaining("from 1 to 65535");
  }
}
