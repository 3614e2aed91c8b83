package org.frameline.fft.engine.vector;

import org.frameline.fft.engine.plain.Lines64;
import org.frameline.fft.engine.plain.RowPairs64;

/** Takes rows apart while they are turned. Not thread-safe. */
final class VectorRowPairs64 implements RowPairs64 {
  /** Of the bins, and of those that mirror them. */
  private final double[][] re;

  private final double[][] im;
  private final double[][] mirrorRe;
  private final double[][] mirrorIm;

  VectorRowPairs64(Lines64 tile, int[] places) {
    int width = places.length;
    int bins = width / 2 + 1;
    re = new double[bins][];
    im = new double[bins][];
    mirrorRe = new double[bins][];
    mirrorIm = new double[bins][];
    for (int bin = 0; bin < bins; bin++) {
      int mirror = places[(width - bin) % width];
      re[bin] = tile.re(places[bin]);
      im[bin] = tile.im(places[bin]);
      mirrorRe[bin] = tile.re(mirror);
      mirrorIm[bin] = tile.im(mirror);
    }
  }

  @Override
  public void store(int pair, int even, int odd, Lines64[] strips) {
    int bin = 0;
    for (Lines64 strip : strips) {
      int bins = strip.lanes();
      Eight64.lines(re, mirrorRe, 1, bin, bins, even, strip.re(), 2 * pair);
      Eight64.lines(im, mirrorIm, -1, bin, bins, even, strip.im(), 2 * pair);
      Eight64.lines(im, mirrorIm, 1, bin, bins, odd, strip.re(), 2 * pair + 1);
      Eight64.lines(mirrorRe, re, -1, bin, bins, odd, strip.im(), 2 * pair + 1);
      bin += bins;
    }
  }
}
