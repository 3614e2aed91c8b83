package org.frameline.fft.engine.plain;

/** As any Java can: takes rows apart in the tile, and then turns it. Not thread-safe. */
final class PlainRowPairs32 implements RowPairs32 {
  private final int width;
  private final Kernel32 takeApart = new Kernels32.TakeApart();
  private final Kernel32 twice = new Kernels32.Twice();

  /** Lines of the tile in which the halves of the rows' spectra lie in the end, bin by bin. */
  private final float[][] evenRe;

  private final float[][] evenIm;
  private final float[][] oddRe;
  private final float[][] oddIm;

  PlainRowPairs32(Lines32 tile, int[] places) {
    width = tile.re.length;
    int bins = width / 2 + 1;
    evenRe = new float[bins][];
    evenIm = new float[bins][];
    oddRe = new float[bins][];
    oddIm = new float[bins][];
    float[] zeros = Lines32.line(tile.lanes, 0);
    for (int bin = 0; bin < bins; bin++) {
      int mirror = (width - bin) % width;
      evenRe[bin] = tile.re[places[bin]];
      oddRe[bin] = tile.im[places[bin]];
      evenIm[bin] = mirror == bin ? zeros : tile.im[places[mirror]];
      oddIm[bin] = mirror == bin ? zeros : tile.re[places[mirror]];
    }
  }

  @Override
  public void store(int pair, int even, int odd, Lines32[] strips) {
    takeApart(even);
    int bin = 0;
    for (Lines32 strip : strips) {
      int bins = strip.lanes;
      Transpose32.lines(evenRe, bin, bins, even, strip.re, 2 * pair);
      Transpose32.lines(evenIm, bin, bins, even, strip.im, 2 * pair);
      Transpose32.lines(oddRe, bin, bins, odd, strip.re, 2 * pair + 1);
      Transpose32.lines(oddIm, bin, bins, odd, strip.im, 2 * pair + 1);
      bin += bins;
    }
  }

  private void takeApart(int lanes) {
    for (int bin = 0; bin < evenRe.length; bin++) {
      boolean own = bin == 0 || 2 * bin == width;
      Kernel32 kernel = own ? twice : takeApart;
      kernel.on(evenRe[bin], oddRe[bin], oddIm[bin], evenIm[bin], null, 0, 0, lanes);
    }
  }
}
