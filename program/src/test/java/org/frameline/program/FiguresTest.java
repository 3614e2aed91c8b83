package org.frameline.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rate, latency and timeline. */
class FiguresTest {
  private static final long MS = 1_000_000;

  @Test
  void theRateIsThatBetweenTheFirstAndTheLastFrame() {
    FakeClock clock = new FakeClock();
    Rate rate = new Rate(clock);
    assertThat(rate.framesPerSecond()).isZero();
    rate.count(1_000);
    assertThat(rate.framesPerSecond()).isZero();
    assertThat(rate.bytesPerSecond()).isZero();
    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofMillis(100));
      rate.count(1_000);
    }
    // What comes after the last frame does not count.
    clock.advance(Duration.ofHours(1));
    assertThat(rate.framesPerSecond()).isEqualTo(10, within(1e-9));
    assertThat(rate.bytesPerSecond()).isEqualTo(10_000, within(1e-6));
    assertThat(rate.frames()).isEqualTo(11);
    assertThat(rate.bytes()).isEqualTo(11_000);
  }

  @Test
  void framesThatComeAtOnceCountTogether() {
    FakeClock clock = new FakeClock();
    Rate rate = new Rate(clock);
    rate.count(1, 10);
    clock.advance(Duration.ofSeconds(2));
    rate.count(8, 80);
    clock.advance(Duration.ofSeconds(2));
    rate.count(0, 0);
    assertThat(rate.frames()).isEqualTo(9);
    assertThat(rate.bytes()).isEqualTo(90);
    assertThat(rate.framesPerSecond()).isEqualTo(4);
  }

  @Test
  void framesWithinOneTickOfTheClockGiveNoInfiniteRate() {
    Rate rate = new Rate(new FakeClock());
    rate.count(5);
    rate.count(5);
    assertThat(rate.framesPerSecond()).isZero();
    assertThat(rate.bytesPerSecond()).isZero();
  }

  @Test
  void latenciesAreRightToThreeDigits() {
    Latency latency = new Latency();
    for (int ms = 1; ms <= 1_000; ms++) {
      latency.record(ms * MS);
    }
    Map<String, Object> report = latency.toReport();
    assertThat((double) report.get("p50")).isEqualTo(500, within(1.0));
    assertThat((double) report.get("p99")).isEqualTo(990, within(2.0));
    assertThat((double) report.get("max")).isEqualTo(1_000, within(2.0));
    assertThat(report.keySet()).containsExactly("p50", "p99", "max");
  }

  @Test
  void latenciesOutsideTheScaleAreKeptAtItsEnds() {
    Latency latency = new Latency();
    assertThat(latency.percentileMs(50)).isZero();
    latency.record(-5 * MS);
    assertThat(latency.percentileMs(100)).isZero();
    latency.record(Long.MAX_VALUE);
    assertThat(latency.percentileMs(100)).isEqualTo(3_600_000.0, within(4_000.0));
  }

  @Test
  void theTimelineStaysSmallHoweverLongItRuns() {
    Timeline timeline = new Timeline();
    double frames = 0;
    for (long second = 0; second < 100_000; second++) {
      timeline.count(second * 1_000 * MS, (second % 7) * MS);
      frames++;
    }
    List<Map<String, Object>> report = timeline.toReport();
    assertThat(report).hasSizeBetween(Timeline.MOST_BUCKETS / 2, Timeline.MOST_BUCKETS);
    double bucketSeconds = (double) report.get(1).get("seconds");
    double counted =
        report.stream().mapToDouble(b -> (double) b.get("frames_per_second")).sum() * bucketSeconds;
    assertThat(counted).isEqualTo(frames, within(1e-3));
    assertThat((double) report.get(0).get("latency_max_ms")).isEqualTo(6);
    assertThat((double) report.get(0).get("latency_ms")).isEqualTo(3, within(0.1));
  }

  @Test
  void theTimelineShowsAPauseAsEmptyBuckets() {
    Timeline timeline = new Timeline();
    timeline.count(5_000 * MS, 2 * MS);
    timeline.count(5_100 * MS, 4 * MS);
    timeline.count(6_100 * MS, 8 * MS);
    assertThat(timeline.toReport())
        .extracting(bucket -> bucket.get("frames_per_second"))
        .containsExactly(8.0, 0.0, 0.0, 0.0, 4.0);
    assertThat(timeline.toReport().get(0)).containsEntry("latency_ms", 3.0);
    assertThat(timeline.toReport().get(2)).containsEntry("latency_ms", 0.0);
  }

  @Test
  void theTimelineKnowsThePercentilesOfItsPartsAndOfItsSecondHalf() {
    Timeline timeline = new Timeline();
    for (long n = 0; n < 1_000; n++) {
      // 900 ms in the first 10 s, 1 to 100 ms in the next.
      timeline.count(n * 20 * MS, n < 500 ? 900 * MS : (n % 100 + 1) * MS);
    }
    Map<String, Object> last = timeline.toReport().get(timeline.toReport().size() - 2);
    assertThat((double) last.get("latency_p50_ms")).isBetween(70.0, 100.0);
    Map<String, Object> half = timeline.secondHalf().toReport();
    assertThat((double) half.get("p50")).isEqualTo(50, within(1.0));
    assertThat((double) half.get("p99")).isEqualTo(99, within(1.5));
    assertThat((double) half.get("max")).isEqualTo(100, within(1.5));
    for (long n = 0; n < 100_000; n++) {
      timeline.count((20_000 + n * 20) * MS, 5 * MS);
    }
    assertThat((double) timeline.secondHalf().toReport().get("max"))
        .as("after buckets were joined")
        .isEqualTo(5, within(0.1));
    assertThat((double) timeline.toReport().get(0).get("latency_p99_ms"))
        .isEqualTo(900, within(10.0));
  }
}
