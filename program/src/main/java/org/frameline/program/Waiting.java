package org.frameline.program;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says on stderr what a program waits for and since when: after a second, then every ten. Not
 * thread-safe.
 */
public final class Waiting {
  private static final long FIRST_NS = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_STEP_NS = Duration.ofSeconds(1).toNanos();
  private static final long AGAIN_NS = Duration.ofSeconds(10).toNanos();
  private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);

  private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final LongSupplier clockNs;
  private String what;
  private long lastedNs;
  private long seenNs;
  private long nextLineNs;
  private String since;

  public Waiting() {
    this(System::nanoTime);
  }

  /** With a monotonic clock of one's own, in nanoseconds. */
  Waiting(LongSupplier clockNs) {
    this.clockNs = clockNs;
  }

  /** Still waiting; call often. A different text begins a new wait. */
  public void waitFor(String awaited) {
    long now = clockNs.getAsLong();
    lastedNs += Math.min(now - seenNs, LONGEST_STEP_NS);
    seenNs = now;
    if (!awaited.equals(what)) {
      what = awaited;
      lastedNs = 0;
      nextLineNs = now + FIRST_NS;
      since = LocalTime.now(ZoneId.systemDefault()).format(TIME_OF_DAY);
    } else if (now - nextLineNs >= 0) {
      nextLineNs = now + AGAIN_NS;
      LOG.info("waiting for {} since {}", what, since);
    }
  }

  /** The wait is over. */
  public void done() {
    what = null;
  }

  /**
   * How long the current wait has lasted up to the last {@link #waitFor}, zero when there is none.
   * The time in which this process was stopped does not count: nobody could end the wait then.
   */
  public Duration lasted() {
    return what == null ? Duration.ZERO : Duration.ofNanos(lastedNs);
  }
}
