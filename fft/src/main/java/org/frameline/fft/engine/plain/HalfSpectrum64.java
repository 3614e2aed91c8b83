package org.frameline.fft.engine.plain;

/**
 * The half spectrum {@code [H,W/2+1]} of a plane, real and imaginary parts apart, in strips of bins
 * that are narrow enough for the cache. First it holds the spectra of rows, then that of the plane.
 * Not thread-safe.
 */
final class HalfSpectrum64 {
  private final LineFft64 fft;
  private final int[] places;
  private final Lines64[] strips;
  private final Weave64 weave;

  HalfSpectrum64(int height, int bins, Parts64 parts) {
    int lanes = LaneCount.of(bins, height, Double.BYTES);
    fft = new LineFft64(height, lanes, parts);
    places = fft.places();
    weave = parts.weave();
    strips = new Lines64[LaneCount.ceilDiv(bins, lanes)];
    for (int i = 0; i < strips.length; i++) {
      strips[i] = Lines64.of(height, Math.min(lanes, bins - i * lanes));
    }
  }

  /** Of the spectra of rows, row by row, each strip with the bins that follow the last strip's. */
  Lines64[] strips() {
    return strips;
  }

  /** Turns the spectra of rows into the spectrum of the plane, of one strip. */
  void transformColumns(Lines64 strip) {
    fft.forward(strip);
  }

  /** In which line of each strip a row of the spectrum of the plane lies. */
  int place(int row) {
    return places[row];
  }

  /** Writes a row of the spectrum of the plane, real part first. */
  void weave(int row, double[] reIm) {
    int at = 0;
    for (Lines64 strip : strips) {
      weave.weave(strip.re[places[row]], strip.im[places[row]], reIm, at, strip.lanes);
      at += 2 * strip.lanes;
    }
  }
}
