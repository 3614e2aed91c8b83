package org.frameline.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "24 132, -, 132",
        "24 132, 90, 132",
        "0 0, 90, 90",
        "0 0, -, 80",
        "'', 90, 90",
        "'', wide, 80",
        "'', 0, 80",
        "stty: not a terminal, -, 80"
      })
  void takesTheWidthFromTheTerminalElseFromTheEnvironment(String size, String variable, int wide) {
    assertThat(Terminal.columns(size, variable)).isEqualTo(wide);
  }
}
