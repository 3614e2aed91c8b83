package org.frameline.ventilator;

import java.time.Duration;

/**
 * How long a frame may take from being dealt out to its acknowledgement, learned from those that
 * came back, as TCP learns it (RFC 6298). Times in nanoseconds. Not thread-safe.
 */
final class Patience {
  /** A worker that has just started compiles first. */
  private static final long BEFORE_THE_FIRST_NS = Duration.ofSeconds(3).toNanos();

  private static final long WHEN_BUSY_NS = Duration.ofSeconds(1).toNanos();
  private static final long WHEN_IDLE_NS = Duration.ofMillis(250).toNanos();
  private static final long WHEN_DOUBTED_NS = Duration.ofMillis(50).toNanos();
  private static final long LONGEST_NS = Duration.ofSeconds(10).toNanos();
  private static final int MOST_DOUBLINGS = 3;

  private boolean learned;
  private double mean;
  private double deviation;

  /** A frame that was dealt out once came back after this time. */
  void learn(long tookNs) {
    if (learned) {
      deviation += (Math.abs(tookNs - mean) - deviation) / 4;
      mean += (tookNs - mean) / 8;
    } else {
      learned = true;
      mean = tookNs;
      deviation = tookNs / 2.0;
    }
  }

  /**
   * How long to wait for a frame.
   *
   * @param deals how often it was dealt out; each time doubles the wait
   * @param idle whether workers have nothing else to do
   */
  long forFrame(int deals, boolean idle) {
    long least = idle ? WHEN_IDLE_NS : WHEN_BUSY_NS;
    long once = learned ? Math.max(least, (long) (2 * mean + 4 * deviation)) : BEFORE_THE_FIRST_NS;
    return Math.min(LONGEST_NS, once << Math.min(MOST_DOUBLINGS, Math.max(0, deals - 1)));
  }

  /** How long to wait for a frame whose worker may be gone: others bring theirs meanwhile. */
  long forDoubted() {
    return learned
        ? Math.min(LONGEST_NS, Math.max(WHEN_DOUBTED_NS, (long) (2 * mean)))
        : WHEN_BUSY_NS;
  }
}
