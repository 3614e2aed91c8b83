package org.frameline.fft.engine.plain;

/**
 * The half spectrum {@code [H,W/2+1]} of a plane, real and imaginary parts apart, in strips of bins
 * that are narrow enough for the cache. First it holds the spectra of rows, then that of the plane.
 * Not thread-safe.
 */
final class HalfSpectrum32 {
  private final LineFft32 fft;
  private final int[] places;
  private final Lines32[] strips;
  private final Weave32 weave;

  HalfSpectrum32(int height, int bins, Parts32 parts) {
    int lanes = LaneCount.of(bins, height, Float.BYTES);
    fft = new LineFft32(height, lanes, parts);
    places = fft.places();
    weave = parts.weave();
    strips = new Lines32[LaneCount.ceilDiv(bins, lanes)];
    for (int i = 0; i < strips.length; i++) {
      strips[i] = Lines32.of(height, Math.min(lanes, bins - i * lanes));
    }
  }

  /** Of the spectra of rows, row by row, each strip with the bins that follow the last strip's. */
  Lines32[] strips() {
    return strips;
  }

  /** Turns the spectra of rows into the spectrum of the plane, of one strip. */
  void transformColumns(Lines32 strip) {
    fft.forward(strip);
  }

  /** In which line of each strip a row of the spectrum of the plane lies. */
  int place(int row) {
    return places[row];
  }

  /** Writes a row of the spectrum of the plane, real part first. */
  void weave(int row, float[] reIm) {
    int at = 0;
    for (Lines32 strip : strips) {
      weave.weave(strip.re[places[row]], strip.im[places[row]], reIm, at, strip.lanes);
      at += 2 * strip.lanes;
    }
  }
}
