package org.frameline.fft.engine.plain;

/**
 * Transforms the rows of a real plane, a tile of them at a time. Two rows travel as real and
 * imaginary part through one complex transform. Not thread-safe.
 */
final class RowPass64 {
  private final int height;
  private final LineFft64 fft;
  private final Lines64 tile;
  private final Kernel64 takeApart = new Kernels64.TakeApart();
  private final Kernel64 twice = new Kernels64.Twice();

  /** Lines of the tile in which the halves of the rows' spectra lie in the end, bin by bin. */
  private final double[][] evenRe;

  private final double[][] evenIm;
  private final double[][] oddRe;
  private final double[][] oddIm;

  RowPass64(int height, int width, Parts64 parts) {
    this.height = height;
    int lanes = LaneCount.of(LaneCount.ceilDiv(height, 2), width, Double.BYTES);
    fft = new LineFft64(width, lanes, parts);
    tile = Lines64.of(width, lanes);
    int bins = width / 2 + 1;
    evenRe = new double[bins][];
    evenIm = new double[bins][];
    oddRe = new double[bins][];
    oddIm = new double[bins][];
    int[] places = fft.places();
    double[] zeros = Lines64.line(tile.lanes, 0);
    for (int bin = 0; bin < bins; bin++) {
      int mirror = (width - bin) % width;
      evenRe[bin] = tile.re[places[bin]];
      oddRe[bin] = tile.im[places[bin]];
      evenIm[bin] = mirror == bin ? zeros : tile.im[places[mirror]];
      oddIm[bin] = mirror == bin ? zeros : tile.re[places[mirror]];
    }
  }

  /** Writes the spectra of all rows. */
  void transform(RowSource64 source, HalfSpectrum64 to) {
    int pairs = LaneCount.ceilDiv(height, 2);
    for (int first = 0; first < pairs; first += tile.lanes) {
      int even = Math.min(tile.lanes, pairs - first);
      int odd = Math.min(even, height / 2 - first);
      Lines64 used = tile.withLanes(even);
      source.load(2 * first, even, used.re);
      source.load(2 * first + 1, odd, used.im);
      if (odd < even) {
        clear(used.im, odd);
      }
      fft.forward(used);
      takeApart(even);
      store(first, even, odd, to.strips());
    }
  }

  /** The last row of an odd height has no other that travels with it. */
  private static void clear(double[][] lines, int lane) {
    for (double[] line : lines) {
      line[lane] = 0;
    }
  }

  private void takeApart(int lanes) {
    int width = tile.re.length;
    for (int bin = 0; bin < evenRe.length; bin++) {
      boolean own = bin == 0 || 2 * bin == width;
      Kernel64 kernel = own ? twice : takeApart;
      kernel.on(evenRe[bin], oddRe[bin], oddIm[bin], evenIm[bin], null, 0, 0, lanes);
    }
  }

  private void store(int pair, int even, int odd, Lines64[] strips) {
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
}
