package org.frameline.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallTimingTest {
  private static final CallTiming NONE = timing(0, 0, 0, 0);

  private static CallTiming timing(long count, long lastMs, long meanMs, long maxMs) {
    return new CallTiming(
        count, Duration.ofMillis(lastMs), Duration.ofMillis(meanMs), Duration.ofMillis(maxMs));
  }

  @Test
  void theCallsOfTwoFilesAreOne() {
    assertThat(timing(3, 9, 4, 20).then(timing(1, 5, 8, 8))).isEqualTo(timing(4, 5, 5, 20));
    assertThat(timing(1, 5, 8, 8).then(timing(3, 9, 4, 20))).isEqualTo(timing(4, 9, 5, 20));
  }

  @Test
  void aFileWithoutCallsChangesNothing() {
    assertThat(timing(3, 9, 4, 20).then(NONE)).isEqualTo(timing(3, 9, 4, 20));
    assertThat(NONE.then(timing(3, 9, 4, 20))).isEqualTo(timing(3, 9, 4, 20));
  }

  @Test
  void isToldInMilliseconds() {
    assertThat(timing(3, 9, 4, 20).toReport().toString())
        .isEqualTo("{count=3, last=9.0, mean=4.0, max=20.0}");
  }
}
