package org.frameline.analysis.spectrum;

/** Sum or mean of the power of many planes. Not thread-safe. */
final class Power extends Bins {
  private final double[] values;

  /** Nothing yet, of planes of this size. */
  Power(int width, int height) {
    super(width, height);
    values = new double[count()];
  }

  /** The values themselves, not a copy. */
  double[] values() {
    return values;
  }

  @Override
  double power(int index) {
    return values[index];
  }

  @Override
  double highest(int row) {
    double highest = 0;
    for (int i = row * bins(); i < (row + 1) * bins(); i++) {
      highest = Math.max(highest, values[i]);
    }
    return highest;
  }

  void add(Power other) {
    for (int i = 0; i < values.length; i++) {
      values[i] += other.values[i];
    }
  }

  void divide(double by) {
    for (int i = 0; i < values.length; i++) {
      values[i] /= by;
    }
  }
}
