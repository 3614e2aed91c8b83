package org.frameline.analysis.spectrum;

/** Mean power of a spectrum over rings or sectors of its frequencies. Nobody changes its arrays. */
final class Profile {
  private static final int DEGREES = 180;

  /** Highest frequency that all directions have, cycles per pixel. */
  private static final double NYQUIST = 0.5;

  private final double[] positions;
  private final double[] power;

  private Profile(double[] positions, double[] power) {
    this.positions = positions;
    this.power = power;
  }

  /** Middle of each ring in cycles per pixel, or of each sector in degrees. */
  double[] positions() {
    return positions;
  }

  /** Mean over the bins of the whole spectrum that lie in it; NaN where there are none. */
  double[] power() {
    return power;
  }

  /** Over rings one bin of the longer side wide, from frequency 0 up to 0.5 cycles per pixel. */
  static Profile radial(Power spectrum) {
    int longer = Math.max(spectrum.width(), spectrum.height());
    Sums sums = new Sums(longer / 2 + 1);
    forEach(
        spectrum,
        (fx, fy, weight, power) ->
            sums.add((int) Math.round(frequency(fx, fy) * longer), weight, power));
    double[] positions = new double[longer / 2 + 1];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = (double) i / longer;
    }
    return new Profile(positions, sums.means());
  }

  /**
   * Over sectors of one degree around directions from -90 to 89 degrees from the row, of
   * frequencies up to 0.5 cycles per pixel, without those next to 0.
   */
  static Profile angular(Power spectrum) {
    Sums sums = new Sums(DEGREES);
    double nearZero = (double) Peak.NEAR_ZERO / Math.min(spectrum.width(), spectrum.height());
    forEach(
        spectrum,
        (fx, fy, weight, power) -> {
          double frequency = frequency(fx, fy);
          if (frequency > nearZero && frequency <= NYQUIST) {
            int angle = (int) Math.round(Math.toDegrees(Math.atan2(fy, fx)));
            sums.add(Math.floorMod(angle + DEGREES / 2, DEGREES), weight, power);
          }
        });
    double[] positions = new double[DEGREES];
    for (int i = 0; i < DEGREES; i++) {
      positions[i] = i - (double) DEGREES / 2;
    }
    return new Profile(positions, sums.means());
  }

  /** Sees one bin of the half spectrum. */
  @FunctionalInterface
  private interface Bin {
    void see(double fx, double fy, int weight, double power);
  }

  /** Numbers so near 1 need none of the care that makes {@link Math#hypot} slow. */
  private static double frequency(double fx, double fy) {
    return Math.sqrt(fx * fx + fy * fy);
  }

  private static void forEach(Power spectrum, Bin bin) {
    for (int row = 0; row < spectrum.height(); row++) {
      double fy = (double) spectrum.cyclesDown(row) / spectrum.height();
      for (int x = 0; x < spectrum.bins(); x++) {
        double fx = (double) x / spectrum.width();
        bin.see(fx, fy, spectrum.weight(x), spectrum.values()[row * spectrum.bins() + x]);
      }
    }
  }

  private static final class Sums {
    private final double[] power;
    private final long[] weights;

    Sums(int count) {
      power = new double[count];
      weights = new long[count];
    }

    void add(int index, int weight, double value) {
      if (index < power.length) {
        power[index] += weight * value;
        weights[index] += weight;
      }
    }

    double[] means() {
      double[] means = new double[power.length];
      for (int i = 0; i < means.length; i++) {
        means[i] = weights[i] == 0 ? Double.NaN : power[i] / weights[i];
      }
      return means;
    }
  }
}
