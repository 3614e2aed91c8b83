package org.frameline.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PacerTest {
  private static final long MS = 1_000_000;

  private long nowNs = Long.MAX_VALUE - 50 * MS;

  private Pacer pacer(double fps) {
    return new Pacer(fps, () -> nowNs);
  }

  /** Takes a frame when it is due; returns when that was. */
  private long take(Pacer pacer) {
    nowNs += Math.max(0, pacer.untilDueNs());
    pacer.frameTaken();
    return nowNs;
  }

  @Test
  void theFirstFrameIsDueAtOnce() {
    assertThat(pacer(30).untilDueNs()).isZero();
  }

  @Test
  void framesComeAtTheirRateWithoutDrift() {
    Pacer pacer = pacer(30);
    long first = take(pacer);
    for (int i = 1; i <= 3_000; i++) {
      // A little late every time, which must not add up.
      long taken = take(pacer);
      assertThat(taken - first).isEqualTo(Math.round(i * 1e9 / 30));
      nowNs += 7 * MS;
    }
  }

  @Test
  void aSmallDelayIsMadeUpFor() {
    Pacer pacer = pacer(100);
    long first = take(pacer);
    nowNs += 15 * MS;
    assertThat(pacer.untilDueNs()).isEqualTo(-5 * MS);
    take(pacer);
    assertThat(take(pacer) - first).isEqualTo(20 * MS);
  }

  @Test
  void aLongDelayIsFollowedByNoBurst() {
    Pacer pacer = pacer(100);
    take(pacer);
    nowNs += 1_000 * MS;
    long late = take(pacer);
    assertThat(take(pacer) - late).isEqualTo(10 * MS);
    assertThat(take(pacer) - late).isEqualTo(20 * MS);
  }

  @Test
  void framesThatCameUnevenlyComeSoAgain() {
    Pacer pacer = pacer(30);
    long first = take(pacer);
    pacer.nextAfter(3 * MS);
    assertThat(take(pacer) - first).isEqualTo(3 * MS);
    pacer.nextAfter(1_000 * MS);
    assertThat(take(pacer) - first).isEqualTo(1_003 * MS);
    pacer.nextAfter(0);
    assertThat(take(pacer) - first).isEqualTo(1_003 * MS);
    pacer.nextAfter(0.5 * MS);
    // Late by more than that, which is made up for.
    nowNs += 60 * MS;
    take(pacer);
    pacer.nextAfter(100 * MS);
    assertThat(take(pacer) - first).isEqualTo(1_103 * MS + MS / 2);
    pacer.nextAfter(MS);
    // Too late to make up for.
    nowNs += 300 * MS;
    long late = take(pacer);
    pacer.nextAfter(MS);
    assertThat(take(pacer) - late).isEqualTo(MS);
    assertThat(take(pacer) - late).as("where nobody knows").isEqualTo(MS + Math.round(1e9 / 30));
  }

  @Test
  void asFastAsItGoesIsAlwaysDue() {
    Pacer pacer = pacer(Double.POSITIVE_INFINITY);
    for (int i = 0; i < 10; i++) {
      assertThat(pacer.untilDueNs()).isLessThanOrEqualTo(0);
      pacer.frameTaken();
      nowNs += i;
    }
  }

  @Test
  void aRateBelowOnePerSecondIsARateToo() {
    Pacer pacer = pacer(0.1);
    long first = take(pacer);
    assertThat(take(pacer) - first).isCloseTo(10_000 * MS, within(1L));
  }
}
