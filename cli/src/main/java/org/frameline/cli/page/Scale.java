package org.frameline.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a chart: from values to places, with marks at round numbers. Immutable.
 *
 * @param low value at place {@code from}
 * @param high value at place {@code to}
 * @param logarithmic whether equal ratios are equally far apart; both values are above 0 then
 */
public record Scale(double low, double high, double from, double to, boolean logarithmic) {
  private static final int MARKS = 5;

  /** A linear axis that begins at 0 and ends a little above a value. */
  public static Scale fromZero(double highest, double from, double to) {
    double step = roundStep(Math.max(highest, 1e-6) * 1.05);
    return new Scale(0, Math.ceil(Math.max(highest, 1e-6) * 1.05 / step) * step, from, to, false);
  }

  /** A logarithmic axis over whole decades, at least one. */
  public static Scale decades(double lowest, double highest, double from, double to) {
    double low = Math.pow(10, Math.floor(Math.log10(lowest)));
    double high = Math.pow(10, Math.ceil(Math.log10(highest) - 1e-9));
    return new Scale(low, Math.max(high, 10 * low), from, to, true);
  }

  public double place(double value) {
    double fraction =
        logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    return from + fraction * (to - from);
  }

  public List<Double> marks() {
    List<Double> marks = new ArrayList<>();
    if (logarithmic) {
      for (double mark = low; mark < high * 1.01; mark *= 10) {
        marks.add(mark);
      }
      return marks;
    }
    double step = roundStep(high - low);
    for (int i = (int) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-6; i++) {
      marks.add(i * step);
    }
    return marks;
  }

  /** 1, 2 or 5 times a power of ten. */
  private static double roundStep(double range) {
    double rough = range / MARKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double factor : new double[] {1, 2, 5}) {
      if (rough <= factor * power * 1.0001) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** A mark's label, without superfluous digits. */
  public static String label(double mark) {
    // Adding 0 makes -0 a plain 0.
    return String.format(Locale.ROOT, "%.3f", mark + 0.0).replaceAll("\\.?0+$", "");
  }
}
