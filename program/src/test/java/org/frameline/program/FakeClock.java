package org.frameline.program;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A monotonic clock that moves when it is told to. */
final class FakeClock implements LongSupplier {
  // Near the overflow, where a comparison instead of a difference would go wrong.
  private long nowNs = Long.MAX_VALUE - 100;

  void advance(Duration by) {
    nowNs += by.toNanos();
  }

  @Override
  public long getAsLong() {
    return nowNs;
  }
}
