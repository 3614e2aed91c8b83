package org.frameline.analysis.spectrum;

import java.util.ArrayList;
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
  static Peak strongest(Bins bins, Window window) {
    List<Peak> one = strongest(bins, window, 1);
    return one.isEmpty() ? null : one.get(0);
  }

  /** The strongest lines, the strongest first: bins that no neighbour exceeds. */
  static List<Peak> strongest(Bins bins, Window window, int most) {
    Strongest strongest = new Strongest(most);
    for (int row = 0; row < bins.height(); row++) {
      // Few rows: the strongest lines of most images are in the first.
      if (bins.highest(row) > strongest.floor) {
        addLines(bins, row, strongest);
      }
    }
    return strongest.found.stream()
        .map(bin -> refined(bins, window, bin.down(), bin.across()))
        .toList();
  }

  private record Bin(int down, int across, double power) {}

  /** The strongest so far, the strongest first. */
  private static final class Strongest {
    private final int most;
    private final List<Bin> found = new ArrayList<>();

    /** What a bin has to exceed to be one of them. */
    private double floor;

    Strongest(int most) {
      this.most = most;
    }

    void add(Bin bin) {
      int place = found.size();
      while (place > 0 && found.get(place - 1).power() < bin.power()) {
        place--;
      }
      found.add(place, bin);
      if (found.size() > most) {
        found.remove(most);
      }
      floor = found.size() < most ? 0 : found.get(most - 1).power();
    }
  }

  private static void addLines(Bins bins, int row, Strongest strongest) {
    int down = bins.cyclesDown(row);
    int first = row * bins.bins();
    for (int across = 0; across < bins.bins(); across++) {
      double here = bins.power(first + across);
      if (here > strongest.floor
          && isOwn(bins, down, across)
          && isHighest(bins, row, across, here)) {
        strongest.add(new Bin(down, across, here));
      }
    }
  }

  /** Away from zero, and not the mirror image of another bin of the half spectrum. */
  private static boolean isOwn(Bins bins, int down, int across) {
    boolean isNearZero = Math.abs(down) <= NEAR_ZERO && across <= NEAR_ZERO;
    boolean isMirrored = bins.weight(across) == 1 && down < 0;
    return !isNearZero && !isMirrored;
  }

  private static boolean isHighest(Bins bins, int row, int across, double here) {
    int above = row == 0 ? bins.height() - 1 : row - 1;
    int below = row == bins.height() - 1 ? 0 : row + 1;
    if (across == 0 || across == bins.bins() - 1) {
      return isHighestAtEdge(bins, bins.cyclesDown(row), across, here);
    }
    return isHighestOfThree(bins, row, across, here)
        && isHighestOfThree(bins, above, across, here)
        && isHighestOfThree(bins, below, across, here);
  }

  private static boolean isHighestOfThree(Bins bins, int row, int across, double here) {
    int at = row * bins.bins() + across;
    return bins.power(at - 1) <= here && bins.power(at) <= here && bins.power(at + 1) <= here;
  }

  /** In the first or last column, beyond which the half spectrum goes on as its mirror image. */
  private static boolean isHighestAtEdge(Bins bins, int down, int across, double here) {
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        if (bins.at(down + dy, across + dx) > here) {
          return false;
        }
      }
    }
    return true;
  }

  private static Peak refined(Bins bins, Window window, int down, int across) {
    double here = bins.at(down, across);
    double y = down + offset(window, here, bins.at(down - 1, across), bins.at(down + 1, across));
    double x = across + offset(window, here, bins.at(down, across - 1), bins.at(down, across + 1));
    return new Peak(Math.abs(x) / bins.width(), (x < 0 ? -y : y) / bins.height(), here);
  }

  private static double offset(Window window, double here, double before, double after) {
    double towards = window.offset(Math.sqrt(Math.max(before, after) / here));
    return after >= before ? towards : -towards;
  }
}
