package org.frameline.program;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Latencies with two or three significant digits, up to an hour. Not thread-safe. */
public final class Latency {
  private static final long HIGHEST_US = 3_600_000_000L;
  private static final double US_PER_MS = 1_000.0;

  private final Histogram histogram;

  private Latency(Histogram histogram) {
    this.histogram = histogram;
  }

  /** Nothing counted yet; three digits, in memory that is there from the start. */
  public Latency() {
    this(new Histogram(1, HIGHEST_US, 3));
  }

  /** As {@link #Latency()} with two digits, in a hundredth of the memory while they are short. */
  static Latency coarse() {
    return new Latency(new Histogram(2));
  }

  /** Counts a latency in nanoseconds; one below zero, between two clocks, counts as zero. */
  public void record(long nanos) {
    histogram.recordValue(Math.min(HIGHEST_US, Math.max(0, nanos / 1_000)));
  }

  /** Counts all that another has counted. */
  void add(Latency other) {
    histogram.add(other.histogram);
  }

  /** How many were counted. */
  long count() {
    return histogram.getTotalCount();
  }

  public double percentileMs(double percentile) {
    return histogram.getValueAtPercentile(percentile) / US_PER_MS;
  }

  /** {@code p50}, {@code p99} and {@code max} in milliseconds; zeros when nothing was counted. */
  public Map<String, Object> toReport() {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("p50", percentileMs(50));
    report.put("p99", percentileMs(99));
    report.put("max", histogram.getMaxValue() / US_PER_MS);
    return report;
  }
}
