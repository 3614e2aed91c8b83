package org.frameline.recording.write;

import java.time.Duration;
import org.frameline.recording.CallTiming;

/** Adds up the durations of one kind of call. Safe for use by several threads. */
final class CallDuration {

  private long count;
  private long lastNs;
  private long totalNs;
  private long maxNs;

  /** Counts a call that began at a {@link System#nanoTime} and ends now. */
  synchronized void since(long startNs) {
    lastNs = System.nanoTime() - startNs;
    count++;
    totalNs += lastNs;
    maxNs = Math.max(maxNs, lastNs);
  }

  synchronized CallTiming timing() {
    long meanNs = count == 0 ? 0 : totalNs / count;
    return new CallTiming(
        count, Duration.ofNanos(lastNs), Duration.ofNanos(meanNs), Duration.ofNanos(maxNs));
  }
}
