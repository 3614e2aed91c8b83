package org.frameline.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "night.h5",
        "a",
        "flat field 12.tif",
        "Größe_µm.h5",
        "測定.h5",
        "part",
        "x..y",
        "~a"
      })
  void ordinaryNamesAreAllowed(String name) {
    assertThat(FileName.isAllowed(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../night.h5",
        "/etc/passwd",
        "a/b",
        "a\\b",
        ".hidden",
        "night.h5.part",
        "night.h5.PART",
        "night.h5.new",
        "a\nb",
        "a\u0000",
        "a\u001b[2J",
        "a\u202egnp.exe",
        "a\ud800"
      })
  void whatLeavesTheFolderOrSteersATerminalIsNot(String name) {
    assertThat(FileName.isAllowed(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {250, 251})
  void aNameIsAsLongAsAFileSystemTakesWithItsPart(int bytes) {
    assertThat(FileName.isAllowed("é".repeat(bytes / 2) + "e".repeat(bytes % 2)))
        .isEqualTo(bytes <= 250);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u001b[31mred\u0007\nnext", "\u202eabc"})
  void whatIsPrintedIsOneHarmlessLine(String text) {
    assertThat(FileName.shown(text)).contains("\\u").matches("[ -~]*");
    assertThat(FileName.shown(text.repeat(1_000))).hasSize(303).endsWith("...");
  }
}
