package org.frameline.analysis.plot;

import java.util.Arrays;

/**
 * A curve of no more points than a picture can show: of each piece of a longer one its lowest and
 * its highest point, so that no spike is lost. Nobody changes its arrays.
 */
final class Curve {
  private static final int MOST_PIECES = 1_000;

  private final double[] x;
  private final double[] y;

  private Curve(double[] x, double[] y) {
    this.x = x;
    this.y = y;
  }

  /** Of a function of ascending x; points that are no number are left out. */
  static Curve of(double[] x, double[] y) {
    int[] shown = new int[x.length];
    int count = 0;
    double perPiece = Math.max(1, (double) x.length / MOST_PIECES);
    for (int piece = 0; piece * perPiece < x.length; piece++) {
      int from = (int) Math.round(piece * perPiece);
      int to = (int) Math.min(x.length, Math.round((piece + 1) * perPiece));
      int lowest = -1;
      int highest = -1;
      for (int i = from; i < to; i++) {
        if (!Double.isNaN(y[i])) {
          lowest = lowest < 0 || y[i] < y[lowest] ? i : lowest;
          highest = highest < 0 || y[i] > y[highest] ? i : highest;
        }
      }
      if (lowest >= 0) {
        shown[count++] = Math.min(lowest, highest);
        if (lowest != highest) {
          shown[count++] = Math.max(lowest, highest);
        }
      }
    }
    int[] points = Arrays.copyOf(shown, count);
    return new Curve(
        Arrays.stream(points).mapToDouble(i -> x[i]).toArray(),
        Arrays.stream(points).mapToDouble(i -> y[i]).toArray());
  }

  double[] x() {
    return x;
  }

  double[] y() {
    return y;
  }

  boolean isEmpty() {
    return x.length == 0;
  }
}
