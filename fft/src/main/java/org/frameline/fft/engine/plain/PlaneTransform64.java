package org.frameline.fft.engine.plain;

/**
 * The spectrum of real planes {@code [H,W]}, in double precision. Owns its work arrays, which are
 * about as large as the spectrum and half of it more: not thread-safe.
 */
final class PlaneTransform64 {
  private final RowPass64 rows;
  private final HalfSpectrum64 spectrum;

  PlaneTransform64(int height, int width, Parts64 parts) {
    rows = new RowPass64(height, width, parts);
    spectrum = new HalfSpectrum64(height, width / 2 + 1, parts);
  }

  /** The spectrum, which is overwritten by the next. */
  HalfSpectrum64 forward(RowSource64 source) {
    rows.transform(source, spectrum);
    for (Lines64 strip : spectrum.strips()) {
      spectrum.transformColumns(strip);
    }
    return spectrum;
  }
}
