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
   * How many intervals lie in each of some equal bins between the 0.1 % and the 99.9 % quantile,
   * and in an empty one on either side. Bins are as wide as people count: 1, 2 or 5 times a power
   * of ten.
   *
   * @param bins how many there are at most, besides
   */
  Histogram histogram(int bins) {
    double low = quantileMs(0.001);
    double high = quantileMs(0.999);
    double width = roundUp(Math.max((high - low) / (bins - 1), Math.abs(low) * 1e-4 + 1e-6));
    long base = (long) Math.floor(low / width) - 1;
    int count = (int) ((long) Math.floor(high / width) - base) + 2;
    double[] counts = new double[count];
    double[] edges = new double[count];
    for (int i = 0; i < count; i++) {
      edges[i] = (base + i) * width;
    }
    int outside = 0;
    for (double ms : sortedMs) {
      if (ms < low || ms > high) {
        outside++;
      } else {
        counts[(int) ((long) Math.floor(ms / width) - base)]++;
      }
    }
    return new Histogram(edges, counts, outside);
  }

  private static double roundUp(double width) {
    double power = Math.pow(10, Math.floor(Math.log10(width)));
    for (double step : new double[] {1, 2, 5}) {
      if (step * power >= width) {
        return step * power;
      }
    }
    return 10 * power;
  }

  /** Counts of intervals. Nobody changes its arrays. */
  static final class Histogram {
    private final double[] edgesMs;
    private final double[] counts;
    private final int outside;

    Histogram(double[] edgesMs, double[] counts, int outside) {
      this.edgesMs = edgesMs;
      this.counts = counts;
      this.outside = outside;
    }

    /** Where each bin begins. */
    double[] edgesMs() {
      return edgesMs;
    }

    /** How many are in each bin; none in the first and the last. */
    double[] counts() {
      return counts;
    }

    /** Shorter or longer than what is shown. */
    int outside() {
      return outside;
    }
  }
}
