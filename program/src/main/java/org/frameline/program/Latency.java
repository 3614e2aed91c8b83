package org.frameline.program;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Latencies with three significant digits, up to an hour. Not thread-safe. */
public final class Latency {
  private static final long HIGHEST_US = 3_600_000_000L;
  private static final double US_PER_MS = 1_000.0;

  private final Histogram histogram = new Histogram(1, HIGHEST_US, 3);

  /** Counts a latency in nanoseconds; one below zero, between two clocks, counts as zero. */
  public void record(long nanos) {
    histogram.recordValue(Math.min(HIGHEST_US, Math.max(0, nanos / 1_000)));
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
