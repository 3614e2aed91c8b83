package org.frameline.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PrintableWriterTest {
  private static final String RED = "\u001b[31m";

  @Test
  void onlyWhatIsOursHasColours() {
    StringWriter terminal = new StringWriter();
    PrintableWriter out = new PrintableWriter(terminal);
    out.println(new Painted(RED + "sink | ", "a" + RED + "b"));
    out.println(RED + "c");
    assertThat(terminal.toString().lines())
        .containsExactly(RED + "sink | a\\u001b[31mb", "\\u001b[31mc");
  }
}
