package org.frameline.publisher;

import java.time.Duration;

/**
 * How long to wait between attempts: a little at first, twice as long each time. Not thread-safe.
 */
final class BackOff {
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(8);

  private Duration next = FIRST;

  /** The pause before the next attempt. */
  Duration pause() {
    Duration pause = next;
    Duration twice = pause.multipliedBy(2);
    next = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    return pause;
  }
}
