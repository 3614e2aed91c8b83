package org.frameline.fft.engine.plain;

/** As any Java can: takes rows apart in the tile, and then turns it. Not thread-safe. */
final class PlainRowPairs64 implements RowPairs64 {
  private final int width;
  private final Kernel64 takeApart = new Kernels64.TakeApart();
  private final Kernel64 twice = new Kernels64.Twice();

  /** Lines of the tile in which the halves of the rows' spectra lie in the end, bin by bin. */
  private final double[][] evenRe;

  private final double[][] evenIm;
  private final double[][] oddRe;
  private final double[][] oddIm;

  PlainRowPairs64(Lines64 tile, int[] places) {
    width = tile.re.length;
    int bins = width / 2 + 1;
    evenRe = new double[bins][];
    evenIm = new double[bins][];
    oddRe = new double[bins][];
    oddIm = new double[bins][];
    double[] zeros = Lines64.line(tile.lanes, 0);
    for (int bin = 0; bin < bins; bin++) {
      int mirror = (width - bin) % width;
      evenRe[bin] = tile.re[places[bin]];
      oddRe[bin] = tile.im[places[bin]];
      evenIm[bin] = mirror == bin ? zeros : tile.im[places[mirror]];
      oddIm[bin] = mirror == bin ? zeros : tile.re[places[mirror]];
    }
  }

  @Override
  public void store(int pair, int even, int odd, Lines64[] strips) {
    takeApart(even);
    int bin = 0;
    for (Lines64 strip : strips) {
      int bins = strip.lanes;
      Transpose64.lines(evenRe, bin, bins, even, strip.re, 2 * pair);
      Transpose64.lines(evenIm, bin, bins, even, strip.im, 2 * pair);
      Transpose64.lines(oddRe, bin, bins, odd, strip.re, 2 * pair + 1);
      Transpose64.lines(oddIm, bin, bins, odd, strip.im, 2 * pair + 1);
      bin += bins;
    }
  }

  private void takeApart(int lanes) {
    for (int bin = 0; bin < evenRe.length; bin++) {
      boolean own = bin == 0 || 2 * bin == width;
      Kernel64 kernel = own ? twice : takeApart;
      kernel.on(evenRe[bin], oddRe[bin], oddIm[bin], evenIm[bin], null, 0, 0, lanes);
    }
  }
}
