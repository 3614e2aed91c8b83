package org.frameline.cli.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.frameline.program.StopSignal;

/** Turns counters into rates, window by window. Without state. */
final class RateSampler {
  private static final int WINDOWS = 8;
  private static final double NS_PER_S = 1e9;

  /**
   * How far a counter is.
   *
   * @param atNs when it got there, by a clock of its own
   */
  record Reading(long count, double atNs) {}

  private RateSampler() {}

  /**
   * Looks at counters that go on by themselves.
   *
   * @param counters reads all of them, always as many
   * @return counts per second of the slowest in each window; empty when none of them moved, or the
   *     stop came
   */
  static Optional<Spread> sample(Supplier<List<Reading>> counters, Duration time, StopSignal stop) {
    List<Double> rates = new ArrayList<>();
    List<Reading> before = counters.get();
    for (int window = 0; window < WINDOWS && !stop.await(time.dividedBy(WINDOWS)); window++) {
      List<Reading> now = counters.get();
      double slowest = slowest(before, now);
      // One that has not moved says nothing yet; the next window is longer.
      if (slowest > 0) {
        rates.add(slowest);
        before = now;
      }
    }
    return rates.isEmpty() || stop.getAsBoolean()
        ? Optional.empty()
        : Optional.of(Spread.of(rates));
  }

  private static double slowest(List<Reading> before, List<Reading> now) {
    double slowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < now.size(); i++) {
      double ns = now.get(i).atNs() - before.get(i).atNs();
      long counts = now.get(i).count() - before.get(i).count();
      slowest = Math.min(slowest, ns > 0 ? counts * NS_PER_S / ns : 0);
    }
    return slowest;
  }
}
