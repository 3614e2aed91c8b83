package org.frameline.fft;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** Single-precision output rows. Not thread-safe. */
final class SpectrumRows32 implements SpectrumRows<float[]> {
  private final SpectrumOutput output;
  private final int height;
  private final int bins;
  private final float[] reals;
  private final Log1p32 log1p;
  private FloatBuffer to;
  private int firstRow;

  SpectrumRows32(SpectrumFormat format) {
    output = format.output();
    height = format.height();
    bins = format.bins();
    reals = new float[bins];
    log1p = new Log1p32(bins);
  }

  @Override
  public void begin(ByteBuffer out) {
    to = out.asFloatBuffer();
  }

  @Override
  public void select(int channel) {
    firstRow = channel * height;
  }

  @Override
  public void put(int row, float[] reIm, int offset) {
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

  /** Cannot overflow: |X| is at most 65535*H*W, which is below 2^47, and float reaches 2^127. */
  private void power(float[] reIm, int offset) {
    for (int bin = 0; bin < bins; bin++) {
      float re = reIm[offset + 2 * bin];
      float im = reIm[offset + 2 * bin + 1];
      reals[bin] = re * re + im * im;
    }
  }

  /** A loop of its own, which the compiler turns into vector instructions. */
  private void squareRoots() {
    for (int bin = 0; bin < bins; bin++) {
      reals[bin] = (float) Math.sqrt(reals[bin]);
    }
  }
}
