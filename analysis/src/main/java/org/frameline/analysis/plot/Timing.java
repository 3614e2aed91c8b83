package org.frameline.analysis.plot;

import java.util.Arrays;

/**
 * How evenly frames came: the intervals between frames that follow each other by number. Immutable;
 * nobody changes its arrays.
 */
final class Timing {
  private static final double NS_PER_MS = 1e6;
  private static final double NS_PER_S = 1e9;

  private final double[] secondsAt;
  private final double[] intervalsMs;
  private final double[] sortedMs;

  /**
   * Of frames in their order.
   *
   * @param numbers frame numbers
   * @param timesNs when they were grabbed, UTC epoch nanoseconds
   */
  Timing(long[] numbers, long[] timesNs) {
    secondsAt = new double[Math.max(0, numbers.length - 1)];
    intervalsMs = new double[secondsAt.length];
    int count = 0;
    for (int i = 1; i < numbers.length; i++) {
      if (numbers[i] == numbers[i - 1] + 1) {
        secondsAt[count] = (timesNs[i] - timesNs[0]) / NS_PER_S;
        intervalsMs[count++] = (timesNs[i] - timesNs[i - 1]) / NS_PER_MS;
      }
    }
    sortedMs = Arrays.copyOf(intervalsMs, count);
    Arrays.sort(sortedMs);
  }

  /** How many intervals there are; what follows needs at least one. */
  int count() {
    return sortedMs.length;
  }

  /** Seconds since the first frame, at the end of each interval. */
  double[] secondsAt() {
    return Arrays.copyOf(secondsAt, count());
  }

  /** How much each interval is longer than the median, milliseconds. */
  double[] jitterMs() {
    double median = quantileMs(0.5);
    return Arrays.stream(intervalsMs, 0, count()).map(ms -> ms - median).toArray();
  }

  /** The interval that so many are not above, milliseconds. */
  double quantileMs(double fraction) {
    return sortedMs[(int) Math.min(count() - 1L, Math.round(fraction * (count() - 1)))];
  }

  double meanMs() {
    return Arrays.stream(sortedMs).average().orElse(Double.NaN);
  }

  /** Standard deviation of the intervals, milliseconds. */
  double deviationMs() {
    double mean = meanMs();
    double squares = Arrays.stream(sortedMs).map(ms -> (ms - mean) * (ms - mean)).sum();
    return Math.sqrt(squares / count());
  }

  /**
   * How many intervals lie in each of some equal bins between the 0.1 % and the 99.9 % quantile.
   */
  Histogram histogram(int bins) {
    double low = quantileMs(0.001);
    double high = quantileMs(0.999);
    double width = high > low ? (high - low) / bins : Math.max(1e-3, Math.abs(low) * 1e-3);
    double[] counts = new double[bins];
    double[] middles = new double[bins];
    for (int i = 0; i < bins; i++) {
      middles[i] = low + (i + 0.5) * width;
    }
    int outside = 0;
    for (double ms : sortedMs) {
      int bin = (int) Math.min(bins - 1.0, Math.floor((ms - low) / width));
      if (ms < low || ms > high) {
        outside++;
      } else {
        counts[bin]++;
      }
    }
    return new Histogram(middles, counts, outside);
  }

  /** Counts of intervals. Nobody changes its arrays. */
  static final class Histogram {
    private final double[] middlesMs;
    private final double[] counts;
    private final int outside;

    Histogram(double[] middlesMs, double[] counts, int outside) {
      this.middlesMs = middlesMs;
      this.counts = counts;
      this.outside = outside;
    }

    double[] middlesMs() {
      return middlesMs;
    }

    double[] counts() {
      return counts;
    }

    /** Shorter or longer than what is shown. */
    int outside() {
      return outside;
    }
  }
}
