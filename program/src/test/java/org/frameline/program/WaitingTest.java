package org.frameline.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.frameline.testing.Log;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private final FakeClock clock = new FakeClock();
  private final Waiting waiting = new Waiting(clock);

  @Test
  void saysWhatItWaitsForAfterASecondAndThenEveryTen() {
    try (Log log = Log.of(Waiting.class)) {
      waiting.waitFor("two workers");
      clock.advance(Duration.ofMillis(999));
      waiting.waitFor("two workers");
      assertThat(log.lines()).isEmpty();
      for (int second = 1; second <= 21; second++) {
        clock.advance(Duration.ofSeconds(1));
        waiting.waitFor("two workers");
      }
      assertThat(log.lines()).hasSize(3);
      assertThat(log.lines().get(0)).matches("INFO waiting for two workers since [0-9:]{5,8}");
    }
  }

  @Test
  void aShortWaitIsNotWorthALine() {
    try (Log log = Log.of(Waiting.class)) {
      for (int i = 0; i < 10; i++) {
        waiting.waitFor("a frame");
        clock.advance(Duration.ofMillis(900));
        waiting.waitFor("a frame");
        waiting.done();
      }
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void anotherReasonBeginsAnotherWait() {
    try (Log log = Log.of(Waiting.class)) {
      waiting.waitFor("one worker");
      clock.advance(Duration.ofMillis(900));
      waiting.waitFor("another worker");
      clock.advance(Duration.ofMillis(900));
      waiting.waitFor("another worker");
      assertThat(log.lines()).isEmpty();
      assertThat(waiting.lasted()).isEqualTo(Duration.ofMillis(900));
    }
  }

  @Test
  void tellsHowLongItHasLasted() {
    assertThat(waiting.lasted()).isZero();
    waiting.waitFor("frames");
    for (int i = 0; i < 6; i++) {
      clock.advance(Duration.ofMillis(500));
      waiting.waitFor("frames");
    }
    assertThat(waiting.lasted()).isEqualTo(Duration.ofSeconds(3));
    waiting.done();
    assertThat(waiting.lasted()).isZero();
  }

  @Test
  void theTimeInWhichTheProcessWasStoppedDoesNotCount() {
    waiting.waitFor("frames");
    clock.advance(Duration.ofMillis(400));
    waiting.waitFor("frames");
    clock.advance(Duration.ofHours(1));
    waiting.waitFor("frames");
    assertThat(waiting.lasted()).isEqualTo(Duration.ofMillis(1_400));
  }
}
