package org.frameline.fft.engine.plain;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import org.frameline.fft.SpectrumFormat;
import org.frameline.fft.SpectrumOutput;

/**
 * Writes spectra of planes as a result. Power and magnitude are computed where real and imaginary
 * parts are still apart. Not thread-safe.
 */
final class SpectrumWriter64 {
  private final SpectrumOutput output;
  private final int height;
  private final int bins;
  private final double[] row;
  private final RowChange64 logOfRoots;
  private DoubleBuffer to;

  SpectrumWriter64(SpectrumFormat format, Parts64 parts) {
    output = format.output();
    height = format.height();
    bins = format.bins();
    row = new double[output == SpectrumOutput.COMPLEX ? 2 * bins : bins];
    logOfRoots = parts.logOfRoots(bins);
  }

  /** Starts a result at the buffer's first byte; the buffer is little-endian. */
  void begin(ByteBuffer out) {
    to = out.asDoubleBuffer();
  }

  /** Writes the spectrum of one channel, which does not survive it. */
  void write(int channel, HalfSpectrum64 spectrum) {
    for (int y = 0; y < height; y++) {
      switch (output) {
        case COMPLEX -> spectrum.weave(y, row);
        case POWER -> power(y, spectrum);
        case LOG_MAGNITUDE -> logMagnitude(y, spectrum);
      }
      to.put((channel * height + y) * row.length, row);
    }
  }

  /** Lets go of the buffer. */
  void end() {
    to = null;
  }

  /** Cannot overflow: |X| is at most 65535*H*W, which is below 2^47, and double reaches 2^127. */
  private void power(int y, HalfSpectrum64 spectrum) {
    int at = 0;
    for (Lines64 strip : spectrum.strips()) {
      double[] re = strip.re[spectrum.place(y)];
      squares(re, strip.im[spectrum.place(y)], strip.lanes);
      System.arraycopy(re, 0, row, at, strip.lanes);
      at += strip.lanes;
    }
  }

  private void logMagnitude(int y, HalfSpectrum64 spectrum) {
    power(y, spectrum);
    logOfRoots.apply(row);
  }

  private static void squares(double[] re, double[] im, int count) {
    for (int i = 0; i < count; i++) {
      double a = re[i];
      double b = im[i];
      re[i] = a * a + b * b;
    }
  }
}
