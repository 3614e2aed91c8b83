package org.frameline.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BarLineTest {
  /** As wide as the bar may be on twenty columns, and the room that is left for ^C. */
  private static final String CLEARED = "\r" + " ".repeat(19) + "\r";

  private static final String DRAWN = "\r[== ] 2/3  \b\b";

  private final PrintStream stderr = System.err;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private BarLine line;

  @BeforeEach
  void standInForStderr() {
    System.setErr(new PrintStream(shown, true, Charset.defaultCharset()));
    line = BarLine.onStderr(20);
  }

  @AfterEach
  void giveStderrBack() {
    System.setErr(stderr);
  }

  private String shown() {
    String text = shown.toString(Charset.defaultCharset());
    shown.reset();
    return text;
  }

  @Test
  void putsALineAboveTheBarAndDrawsTheBarAgain() {
    line.accept("[== ] 2/3");
    assertThat(shown()).isEqualTo(DRAWN);
    System.err.printf("a line%n");
    assertThat(shown()).isEqualTo(CLEARED + String.format("a line%n") + DRAWN);
  }

  @Test
  void waitsWithHalfALineUntilItIsWhole() {
    line.accept("[== ] 2/3");
    shown();
    System.err.print("half");
    System.err.flush();
    assertThat(shown()).isEmpty();
    System.err.print(" and half\n");
    assertThat(shown()).isEqualTo(CLEARED + "half and half\n" + DRAWN);
  }

  @Test
  void breaksALineThatDoesNotEnd() {
    line.accept("[== ] 2/3");
    shown();
    System.err.print("x".repeat(8_193));
    assertThat(shown()).isEqualTo(CLEARED + "x".repeat(8_193) + "\n" + DRAWN);
    System.err.print("y\n");
    assertThat(shown()).isEqualTo(CLEARED + "y\n" + DRAWN);
  }

  @Test
  void doesNotTouchALineBeforeThereIsABar() {
    System.err.print("a line\n");
    assertThat(shown()).isEqualTo("a line\n");
  }

  @Test
  void leavesTheBarAndGivesStderrBack() {
    PrintStream kept = System.err;
    line.accept("[===] 3/3");
    shown();
    kept.print("half");
    line.close();
    assertThat(shown()).isEqualTo(String.format("%nhalf"));
    assertThat(System.err).isNotSameAs(kept);
    line.accept("[===] 3/3");
    line.close();
    assertThat(shown()).isEmpty();
    kept.print("later");
    assertThat(shown()).as("by one who kept the stream").isEqualTo("later");
  }

  @Test
  void leavesRoomForTheEchoOfCtrlC() {
    assertThat(line.getMaxRenderedLength()).isEqualTo(17);
    assertThat(BarLine.onStderr(80).getMaxRenderedLength()).isEqualTo(77);
    assertThat(BarLine.onStderr(300).getMaxRenderedLength()).isEqualTo(110);
    assertThat(BarLine.onStderr(2).getMaxRenderedLength()).isEqualTo(1);
  }
}
