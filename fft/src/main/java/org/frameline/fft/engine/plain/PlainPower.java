package org.frameline.fft.engine.plain;

import org.frameline.fft.PlanePower;
import org.frameline.fft.SampleLanes;

/**
 * Power spectra of planes, in single precision. Squares are taken strip by strip, while the strip
 * is in the cache. Not thread-safe.
 */
final class PlainPower implements PlanePower {
  private final int bins;
  private final RowPass32 rows;
  private final HalfSpectrum32 spectrum;

  PlainPower(int height, int width, Parts32 parts) {
    bins = width / 2 + 1;
    rows = new RowPass32(height, width, parts);
    spectrum = new HalfSpectrum32(height, bins, parts);
  }

  @Override
  public void transform(SampleLanes samples, float[] power) {
    rows.transform((first, count, lines) -> samples.load(first, count, 0.5f, lines), spectrum);
    int bin = 0;
    for (Lines32 strip : spectrum.strips()) {
      spectrum.transformColumns(strip);
      put(strip, power, bin);
      bin += strip.lanes;
    }
  }

  private void put(Lines32 strip, float[] power, int bin) {
    for (int row = 0; row < strip.re.length; row++) {
      int place = spectrum.place(row);
      squares(strip.re[place], strip.im[place], strip.lanes, power, row * bins + bin);
    }
  }

  private static void squares(float[] re, float[] im, int count, float[] to, int at) {
    for (int i = 0; i < count; i++) {
      float a = re[i];
      float b = im[i];
      to[at + i] = a * a + b * b;
    }
  }
}
