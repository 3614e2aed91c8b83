package org.frameline.fft;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** Single-precision output rows. Not thread-safe. */
final class SpectrumRows32 implements SpectrumRows<float[]> {
  private final SpectrumOutput output;
  private final int bins;
  private final float[] reals;
  private final Log1p32 log1p;
  private FloatBuffer to;

  SpectrumRows32(SpectrumOutput output, int bins) {
    this.output = output;
    this.bins = bins;
    reals = new float[bins];
    log1p = new Log1p32(bins);
  }

  @Override
  public void begin(ByteBuffer out) {
    to = out.asFloatBuffer();
  }

  @Override
  public void put(float[] reIm) {
    switch (output) {
      case COMPLEX -> to.put(reIm, 0, 2 * bins);
      case POWER -> {
        power(reIm);
        to.put(reals, 0, bins);
      }
      case LOG_MAGNITUDE -> {
        power(reIm);
        squareRoots();
        log1p.apply(reals);
        to.put(reals, 0, bins);
      }
    }
  }

  @Override
  public void end() {
    to = null;
  }

  /** Cannot overflow: |X| is at most 65535*H*W, which is below 2^47, and float reaches 2^127. */
  private void power(float[] reIm) {
    for (int bin = 0; bin < bins; bin++) {
      float re = reIm[2 * bin];
      float im = reIm[2 * bin + 1];
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
