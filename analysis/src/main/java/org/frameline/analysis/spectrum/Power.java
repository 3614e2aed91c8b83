package org.frameline.analysis.spectrum;

import org.frameline.fft.CoefficientRows;

/**
 * Power {@code |X|^2} over the half spectrum of a real plane, {@code [H,W/2+1]} in the order of
 * {@code numpy.fft.rfft2}: row k belongs to the frequency k/H for k up to H/2 and (k-H)/H above.
 * Sums of several too. Not thread-safe.
 */
final class Power implements CoefficientRows<float[]> {
  private final int width;
  private final int height;
  private final int bins;
  private final double[] values;

  /** Nothing yet, of planes of this size. */
  Power(int width, int height) {
    this.width = width;
    this.height = height;
    bins = width / 2 + 1;
    values = new double[height * bins];
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int bins() {
    return bins;
  }

  /** The values themselves, not a copy. */
  double[] values() {
    return values;
  }

  /** Takes over a row of the spectrum, in place of what was there. */
  @Override
  public void put(int row, float[] reIm, int offset) {
    double[] to = values;
    int first = row * bins;
    for (int x = 0; x < bins; x++) {
      double re = reIm[offset + 2 * x];
      double im = reIm[offset + 2 * x + 1];
      to[first + x] = re * re + im * im;
    }
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

  /** Row of the spectrum with this whole number of cycles per height, of any sign. */
  double at(int cyclesDown, int cyclesAcross) {
    int y = Math.floorMod(cyclesAcross < 0 ? -cyclesDown : cyclesDown, height);
    int x = Math.abs(cyclesAcross);
    // Beyond the last column the half spectrum goes on as its mirror image.
    return x < bins ? values[y * bins + x] : values[Math.floorMod(-y, height) * bins + width - x];
  }

  /** Cycles per height of a row, from -(H-1)/2 to H/2. */
  int cyclesDown(int row) {
    return row <= height / 2 ? row : row - height;
  }

  /** How often a column stands in the whole spectrum. */
  int weight(int column) {
    return column == 0 || 2 * column == width ? 1 : 2;
  }

  /** Power in the whole spectrum, without that at frequency 0. */
  double total() {
    double total = 2 * sum();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < bins; x += Math.max(1, bins - 1)) {
        total -= (2 - weight(x)) * values[y * bins + x];
      }
    }
    return total - values[0];
  }

  /** Four sums beside each other: each addition waits for the one before it. */
  private double sum() {
    double[] of = values;
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < of.length; i += 4) {
      a += of[i];
      b += of[i + 1];
      c += of[i + 2];
      d += of[i + 3];
    }
    for (; i < of.length; i++) {
      a += of[i];
    }
    return a + b + c + d;
  }
}
