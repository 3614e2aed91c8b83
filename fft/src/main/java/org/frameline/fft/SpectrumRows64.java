package org.frameline.fft;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;

/** Double-precision output rows. Not thread-safe. */
final class SpectrumRows64 implements SpectrumRows<double[]> {
  private final SpectrumOutput output;
  private final int height;
  private final int bins;
  private final double[] reals;
  private final Log1p64 log1p;
  private DoubleBuffer to;
  private int firstRow;

  SpectrumRows64(SpectrumFormat format) {
    output = format.output();
    height = format.height();
    bins = format.bins();
    reals = new double[bins];
    log1p = new Log1p64(bins);
  }

  @Override
  public void begin(ByteBuffer out) {
    to = out.asDoubleBuffer();
  }

  @Override
  public void select(int channel) {
    firstRow = channel * height;
  }

  @Override
  public void put(int row, double[] reIm, int offset) {
    int at = (firstRow + row) * bins;
    switch (output) {
      case COMPLEX -> to.put(2 * at, reIm, offset, 2 * bins);
      case POWER -> {
        power(reIm, offset);
        to.put(at, reals, 0, bins);
      }
      case LOG_MAGNITUDE -> {
        power(reIm, offset);
        squareRoots();
        log1p.apply(reals);
        to.put(at, reals, 0, bins);
      }
    }
  }

  @Override
  public void end() {
    to = null;
  }

  private void power(double[] reIm, int offset) {
    for (int bin = 0; bin < bins; bin++) {
      double re = reIm[offset + 2 * bin];
      double im = reIm[offset + 2 * bin + 1];
      reals[bin] = re * re + im * im;
    }
  }

  private void squareRoots() {
    for (int bin = 0; bin < bins; bin++) {
      reals[bin] = Math.sqrt(reals[bin]);
    }
  }
}
