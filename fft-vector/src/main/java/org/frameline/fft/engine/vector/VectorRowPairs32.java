package org.frameline.fft.engine.vector;

import org.frameline.fft.engine.plain.Lines32;
import org.frameline.fft.engine.plain.RowPairs32;

/** Takes rows apart while they are turned. Not thread-safe. */
final class VectorRowPairs32 implements RowPairs32 {
  /** Of the bins, and of those that mirror them. */
  private final float[][] re;

  private final float[][] im;
  private final float[][] mirrorRe;
  private final float[][] mirrorIm;

  VectorRowPairs32(Lines32 tile, int[] places) {
    int width = places.length;
    int bins = width / 2 + 1;
    re = new float[bins][];
    im = new float[bins][];
    mirrorRe = new float[bins][];
    mirrorIm = new float[bins][];
    for (int bin = 0; bin < bins; bin++) {
      int mirror = places[(width - bin) % width];
      re[bin] = tile.re(places[bin]);
      im[bin] = tile.im(places[bin]);
      mirrorRe[bin] = tile.re(mirror);
      mirrorIm[bin] = tile.im(mirror);
    }
  }

  @Override
  public void store(int pair, int even, int odd, Lines32[] strips) {
    int bin = 0;
    for (Lines32 strip : strips) {
      int bins = strip.lanes();
      Eight32.lines(re, mirrorRe, 1, bin, bins, even, strip.re(), 2 * pair);
      Eight32.lines(im, mirrorIm, -1, bin, bins, even, strip.im(), 2 * pair);
      Eight32.lines(im, mirrorIm, 1, bin, bins, odd, strip.re(), 2 * pair + 1);
      Eight32.lines(mirrorRe, re, -1, bin, bins, odd, strip.im(), 2 * pair + 1);
      bin += bins;
    }
  }
}
