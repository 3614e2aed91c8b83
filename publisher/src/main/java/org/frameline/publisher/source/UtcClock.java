package org.frameline.publisher.source;

import java.time.Instant;

/** Wall clock in the unit of the wire. Thread-safe, no state. */
final class UtcClock {

  private UtcClock() {}

  /** UTC nanoseconds since 1970-01-01, with the resolution of the system's clock. */
  static long nowNs() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
