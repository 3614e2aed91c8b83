package org.frameline.protocol;

import java.time.Instant;

/** The clock of time stamps on the wire: UTC epoch nanoseconds. Thread-safe. */
public final class EpochClock {
  private static final long NS_PER_S = 1_000_000_000L;

  private EpochClock() {}

  public static long nowNs() {
    Instant now = Instant.now();
    return now.getEpochSecond() * NS_PER_S + now.getNano();
  }
}
