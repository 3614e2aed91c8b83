package org.frameline.cli.bench;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Measures again as long as that makes it quicker: what has just begun is still being compiled.
 * Without state.
 *
 * @param fewest measurements
 * @param most measurements
 * @param deadline by the monotonic clock in nanoseconds; no further measurement begins later
 */
record Settling(int fewest, int most, long deadline) {
  /** From one measurement to the next, what gains less has settled. */
  private static final double GAIN = 1.1;

  /** The last measurement; empty as soon as one is. */
  Optional<Spread> last(Supplier<Optional<Spread>> measurement) {
    Optional<Spread> found = measurement.get();
    double before = 0;
    for (int count = 1; found.isPresent() && count < most; count++) {
      double now = found.get().median();
      boolean isSettled = count >= fewest && now < GAIN * before;
      if (isSettled || System.nanoTime() - deadline > 0) {
        break;
      }
      before = now;
      found = measurement.get();
    }
    return found;
  }
}
