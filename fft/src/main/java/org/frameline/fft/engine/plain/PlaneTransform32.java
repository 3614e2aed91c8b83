package org.frameline.fft.engine.plain;

/**
 * The spectrum of real planes {@code [H,W]}, in single precision. Owns its work arrays, which are
 * about as large as the spectrum and half of it more: not thread-safe.
 */
final class PlaneTransform32 {
  private final RowPass32 rows;
  private final HalfSpectrum32 spectrum;

  PlaneTransform32(int height, int width, Parts32 parts) {
    rows = new RowPass32(height, width, parts);
    spectrum = new HalfSpectrum32(height, width / 2 + 1, parts);
  }

  /** The spectrum, which is overwritten by the next. */
  HalfSpectrum32 forward(RowSource32 source) {
    rows.transform(source, spectrum);
    for (Lines32 strip : spectrum.strips()) {
      spectrum.transformColumns(strip);
    }
    return spectrum;
  }
}
