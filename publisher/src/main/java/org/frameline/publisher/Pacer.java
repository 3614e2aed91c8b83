package org.frameline.publisher;

import java.util.function.LongSupplier;

/**
 * When the next frame is due: absolute deadlines from the first frame on, so that errors do not add
 * up. After a delay of more than one period the schedule starts anew from there, so that no burst
 * follows. Not thread-safe.
 */
final class Pacer {
  private static final double NS_PER_S = 1e9;

  private final double periodNs;
  private final LongSupplier clockNs;
  private long startNs;
  private long frames;

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
    if (frames == 0) {
      return 0;
    }
    return startNs + Math.round(frames * periodNs) - clockNs.getAsLong();
  }

  /** The next frame is taken now. */
  void frameTaken() {
    long now = clockNs.getAsLong();
    if (frames == 0 || -untilDueNs() > periodNs) {
      startNs = now;
      frames = 0;
    }
    frames++;
  }
}
