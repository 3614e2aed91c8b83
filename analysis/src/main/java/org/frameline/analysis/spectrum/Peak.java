package org.frameline.analysis.spectrum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A line in a spectrum. Immutable.
 *
 * @param fx cycles per pixel along a row, 0 to 0.5
 * @param fy cycles per pixel down a column, -0.5 to 0.5; positive where the crests of a wave with
 *     positive {@code fx} rise to the right, rows being counted downwards
 * @param power of the bin next to it
 */
record Peak(double fx, double fy, double power) {
  /** Bins around frequency 0 that are left alone: there is the illumination, and what leaks. */
  static final int NEAR_ZERO = 2;

  /** Cycles per pixel across the crests. */
  double frequency() {
    return Math.hypot(fx, fy);
  }

  /** Direction across the crests, degrees from the row, -90 to 90. */
  double angle() {
    return Math.toDegrees(Math.atan2(fy, fx));
  }

  /** The strongest line of a spectrum, or null when there is none. */
  static Peak strongest(Power power, Window window) {
    List<Peak> one = strongest(power, window, 1);
    return one.isEmpty() ? null : one.get(0);
  }

  /** The strongest lines, the strongest first: bins that no neighbour exceeds. */
  static List<Peak> strongest(Power power, Window window, int most) {
    record Bin(int down, int across, double power) {}
    List<Bin> bins = new ArrayList<>();
    double floor = 0;
    for (int row = 0; row < power.height(); row++) {
      int down = power.cyclesDown(row);
      for (int across = 0; across < power.bins(); across++) {
        double here = power.values()[row * power.bins() + across];
        if (here > floor && isOwn(power, down, across) && isHighest(power, down, across)) {
          bins.add(new Bin(down, across, here));
          if (bins.size() > 2 * most) {
            bins.sort(Comparator.comparingDouble(Bin::power).reversed());
            bins.subList(most, bins.size()).clear();
            floor = bins.get(most - 1).power();
          }
        }
      }
    }
    return bins.stream()
        .sorted(Comparator.comparingDouble(Bin::power).reversed())
        .limit(most)
        .map(bin -> refined(power, window, bin.down(), bin.across()))
        .toList();
  }

  /** Away from zero, and not the mirror image of another bin of the half spectrum. */
  private static boolean isOwn(Power power, int down, int across) {
    boolean isNearZero = Math.abs(down) <= NEAR_ZERO && across <= NEAR_ZERO;
    boolean isMirrored = power.weight(across) == 1 && down < 0;
    return !isNearZero && !isMirrored;
  }

  private static boolean isHighest(Power power, int down, int across) {
    double here = power.at(down, across);
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        if (power.at(down + dy, across + dx) > here) {
          return false;
        }
      }
    }
    return true;
  }

  private static Peak refined(Power power, Window window, int down, int across) {
    double here = power.at(down, across);
    double y = down + offset(window, here, power.at(down - 1, across), power.at(down + 1, across));
    double x =
        across + offset(window, here, power.at(down, across - 1), power.at(down, across + 1));
    return new Peak(Math.abs(x) / power.width(), (x < 0 ? -y : y) / power.height(), here);
  }

  private static double offset(Window window, double here, double before, double after) {
    double towards = window.offset(Math.sqrt(Math.max(before, after) / here));
    return after >= before ? towards : -towards;
  }
}
