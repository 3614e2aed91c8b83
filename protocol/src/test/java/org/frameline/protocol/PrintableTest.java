package org.frameline.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "camera 1", "Größe 3 µm", "カメラ", "C:\\frames\\new.h5", "😀 e\u0301"})
  void whatCanBePrintedStaysAsItIs(String text) {
    assertThat(Printable.line(text)).isEqualTo(text);
    assertThat(Printable.lines(text)).isEqualTo(text);
    assertThat(Printable.isPlain(text)).isTrue();
  }

  @Test
  void whatCouldSteerATerminalOrForgeALineIsVisible() {
    assertThat(Printable.line("a\u001b[31mb")).isEqualTo("a\\u001b[31mb");
    assertThat(Printable.line("a\r\n\tb\0")).isEqualTo("a\\r\\n\\tb\\u0000");
    assertThat(Printable.line("\u007f\u0085\u009b")).isEqualTo("\\u007f\\u0085\\u009b");
    assertThat(Printable.line("x\u202egpj.exe")).isEqualTo("x\\u202egpj.exe");
    assertThat(Printable.line("a\u2028b\u2029c")).isEqualTo("a\\u2028b\\u2029c");
    assertThat(Printable.line("\u2066\u200f\ufeff")).isEqualTo("\\u2066\\u200f\\ufeff");
    assertThat(Printable.line("\udb40\udc41")).isEqualTo("\\udb40\\udc41");
  }

  @Test
  void aHalfOfACharacterIsVisible() {
    assertThat(Printable.line("a\ud83d")).isEqualTo("a\\ud83d");
    assertThat(Printable.line("\ude00b")).isEqualTo("\\ude00b");
  }

  @Test
  void aLineEnds() {
    assertThat(Printable.line("x".repeat(20_000))).hasSize(Printable.LONGEST_LINE + 3);
    assertThat(Printable.line("\u001b".repeat(20_000)))
        .hasSize(Printable.LONGEST_LINE + 3)
        .endsWith("...");
    assertThat(Printable.line("abcdef", 3)).isEqualTo("abc...");
    assertThat(Printable.line("abc", 3)).isEqualTo("abc");
    assertThat(Printable.line("ab😀", 3)).isEqualTo("ab...");
  }

  @Test
  void severalLinesKeepTheirBreaksAndNothingElse() {
    assertThat(Printable.lines("{\n\t\"a\": \"\u001b\u2028\"\r\n}\ra"))
        .isEqualTo("{\n\t\"a\": \"\\u001b\\u2028\"\r\n}\\ra");
  }

  @Test
  void jsonStaysTheSameJson() throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      text.append((char) random.nextInt(0x3000));
    }
    String json = mapper.writerWithDefaultPrettyPrinter().writeValueAsString(text);
    assertThat(mapper.readValue(Printable.lines(json), String.class)).isEqualTo(text.toString());
  }

  @Test
  void nothingThatComesOutIsUnprintable() {
    StringBuilder all = new StringBuilder();
    for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
      all.appendCodePoint(character);
    }
    String line = Printable.line(all, Integer.MAX_VALUE);
    assertThat(Printable.isPlain(line)).isTrue();
    assertThat(line)
        .doesNotMatch("(?s).*[\\p{Cntrl}\\u0080-\\u009f\\u2028-\\u202e\\u2066-\\u2069].*");
  }
}
