package org.frameline.recording;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long one kind of call has taken so far. Immutable.
 *
 * @param count calls
 * @param last the latest call; zero before the first
 * @param mean mean of all calls
 * @param max the longest call
 */
public record CallTiming(long count, Duration last, Duration mean, Duration max) {
  private static final double NS_PER_MS = 1e6;

  /** These calls and then those of another output. */
  public CallTiming then(CallTiming later) {
    if (count == 0 || later.count == 0) {
      return count == 0 ? later : this;
    }
    double share = (double) later.count / (count + later.count);
    long meanNs = Math.round(mean.toNanos() + share * (later.mean.toNanos() - mean.toNanos()));
    return new CallTiming(
        count + later.count,
        later.last,
        Duration.ofNanos(meanNs),
        max.compareTo(later.max) > 0 ? max : later.max);
  }

  /** {@code count}, and {@code last}, {@code mean} and {@code max} in milliseconds. */
  public Map<String, Object> toReport() {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("count", count);
    report.put("last", last.toNanos() / NS_PER_MS);
    report.put("mean", mean.toNanos() / NS_PER_MS);
    report.put("max", max.toNanos() / NS_PER_MS);
    return report;
  }
}
