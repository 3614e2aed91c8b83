package org.frameline.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.frameline.testing.Log;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final FakeClock clock = new FakeClock();

  @Test
  void saysALineEveryFiveSecondsWhereNobodyWatches() {
    AtomicInteger asked = new AtomicInteger();
    try (Log log = Log.of(Progress.class);
        Progress progress =
            new Progress(
                "recording",
                100,
                "frames",
                () -> "detail " + asked.incrementAndGet(),
                Progress.NOBODY_WATCHES,
                clock)) {
      progress.update(1);
      clock.advance(Duration.ofMillis(4_999));
      progress.update(2);
      assertThat(log.lines()).isEmpty();
      clock.advance(Duration.ofMillis(1));
      progress.update(3);
      progress.update(4);
      clock.advance(Duration.ofSeconds(5));
      progress.update(5);
      assertThat(log.lines())
          .containsExactly(
              "INFO recording: 3/100 frames, detail 1", "INFO recording: 5/100 frames, detail 2");
    }
    assertThat(asked).as("details are made only when shown").hasValue(2);
  }

  @Test
  void saysNothingWhenNothingMoves() {
    try (Log log = Log.of(Progress.class);
        Progress progress =
            new Progress("recording", -1, "frames", () -> "x", Progress.NOBODY_WATCHES, clock)) {
      clock.advance(Duration.ofSeconds(6));
      progress.update(7);
      clock.advance(Duration.ofSeconds(60));
      progress.update(7);
      assertThat(log.lines()).containsExactly("INFO recording: 7 frames, x");
    }
  }

  @Test
  void drawsABarWhereAPersonWatches() {
    PrintStream stderr = System.err;
    ByteArrayOutputStream drawn = new ByteArrayOutputStream();
    System.setErr(new PrintStream(drawn, true, StandardCharsets.UTF_8));
    try (Progress progress = new Progress("recording", 10, "frames", () -> "12 MB/s", 80, clock)) {
      progress.update(10);
    } finally {
      System.setErr(stderr);
    }
    assertThat(drawn.toString(StandardCharsets.UTF_8)).contains("recording", "10/10", "12 MB/s");
  }
}
