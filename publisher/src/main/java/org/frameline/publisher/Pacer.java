package org.frameline.publisher;

import java.util.function.LongSupplier;

/**
 * When the next frame is due: absolute deadlines from the first frame on, so that errors do not add
 * up. After a delay of more than one period the schedule starts anew from there, so that no burst
 * follows. Not thread-safe.
 */
final class Pacer {
  private static final double NS_PER_S = 1e9;

  /** Where frames came at uneven intervals, a delay this long is made up for. */
  private static final double MOST_LATE_NS = 100e6;

  private final double periodNs;
  private final LongSupplier clockNs;
  private boolean started;
  private long startNs;
  private double takenAtNs;
  private double nextAfterNs;
  private double mostLateNs;

  /**
   * A pacer.
   *
   * @param fps frames per second; infinity for as fast as it goes
   * @param clockNs monotonic clock in nanoseconds
   */
  Pacer(double fps, LongSupplier clockNs) {
    this.periodNs = NS_PER_S / fps;
    this.clockNs = clockNs;
  }

  /** Nanoseconds until the next frame is due; zero or less when it is. */
  long untilDueNs() {
    return started ? startNs + Math.round(takenAtNs + nextAfterNs) - clockNs.getAsLong() : 0;
  }

  /** The next frame is taken now. */
  void frameTaken() {
    long now = clockNs.getAsLong();
    if (!started || -untilDueNs() > Math.max(nextAfterNs, mostLateNs)) {
      started = true;
      startNs = now;
      takenAtNs = 0;
    } else {
      takenAtNs += nextAfterNs;
    }
    nextAfterNs = periodNs;
    mostLateNs = 0;
  }

  /** The next frame follows the one that was taken last after a time of its own. */
  void nextAfter(double timeNs) {
    nextAfterNs = timeNs;
    mostLateNs = MOST_LATE_NS;
  }
}
