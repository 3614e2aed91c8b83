package org.frameline.analysis.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimingTest {
  private static final int BINS = 100;

  private static Timing timing(long... intervalsNs) {
    long[] times = new long[intervalsNs.length + 1];
    for (int i = 0; i < intervalsNs.length; i++) {
      times[i + 1] = times[i] + intervalsNs[i];
    }
    return new Timing(LongStream.range(0, times.length).toArray(), times);
  }

  @Test
  void everyIntervalIsInOneRoundBin() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      double middle = Math.pow(10, 3 + 5 * random.nextDouble());
      double spread = middle * Math.pow(10, -5 * random.nextDouble());
      long[] intervals =
          random
              .doubles(500)
              .mapToLong(it -> Math.max(1, Math.round(middle + spread * (it - 0.5))))
              .toArray();
      Timing.Histogram histogram = timing(intervals).histogram(BINS);
      double[] edges = histogram.edgesMs();
      double[] counts = histogram.counts();
      assertThat(Arrays.stream(counts).sum() + histogram.outside()).isEqualTo(500);
      assertThat(counts[0]).isZero();
      assertThat(counts[counts.length - 1]).isZero();
      assertThat(counts.length).isLessThanOrEqualTo(BINS + 3);
      double width = edges[1] - edges[0];
      double digits = width / Math.pow(10, Math.floor(Math.log10(width * 1.0001)));
      assertThat(
              Math.min(Math.abs(digits - 1), Math.min(Math.abs(digits - 2), Math.abs(digits - 5))))
          .isCloseTo(0, within(1e-3));
      // On the average they are in the middle of their bins.
      double sum = 0;
      for (int i = 0; i < counts.length; i++) {
        sum += counts[i] * (edges[i] + width / 2);
      }
      double mean = Arrays.stream(intervals).average().orElseThrow() / 1e6;
      double most = width + histogram.outside() * spread / 1e6 / 500 + 1e-6;
      assertThat(sum / (500 - histogram.outside())).isCloseTo(mean, within(most));
    }
  }

  @Test
  void equalIntervalsAreOneBar() {
    Timing.Histogram histogram = timing(20_000_000, 20_000_000, 20_000_000).histogram(BINS);
    assertThat(histogram.counts()).contains(3.0);
    assertThat(Arrays.stream(histogram.counts()).sum()).isEqualTo(3);
    assertThat(histogram.edgesMs()[0]).isLessThan(20);
  }
}
