package org.frameline.fft.engine.plain;

/**
 * Transforms the rows of a real plane, a tile of them at a time. Two rows travel as real and
 * imaginary part through one complex transform. Not thread-safe.
 */
final class RowPass32 {
  private final int height;
  private final LineFft32 fft;
  private final Lines32 tile;
  private final Kernel32 takeApart = new Kernels32.TakeApart();
  private final Kernel32 twice = new Kernels32.Twice();

  /** Lines of the tile in which the halves of the rows' spectra lie in the end, bin by bin. */
  private final float[][] evenRe;

  private final float[][] evenIm;
  private final float[][] oddRe;
  private final float[][] oddIm;

  RowPass32(int height, int width, Parts32 parts) {
    this.height = height;
    int lanes = LaneCount.of(LaneCount.ceilDiv(height, 2), width, Float.BYTES);
    fft = new LineFft32(width, lanes, parts);
    tile = Lines32.of(width, lanes);
    int bins = width / 2 + 1;
    evenRe = new float[bins][];
    evenIm = new float[bins][];
    oddRe = new float[bins][];
    oddIm = new float[bins][];
    int[] places = fft.places();
    float[] zeros = Lines32.line(tile.lanes, 0);
    for (int bin = 0; bin < bins; bin++) {
      int mirror = (width - bin) % width;
      evenRe[bin] = tile.re[places[bin]];
      oddRe[bin] = tile.im[places[bin]];
      evenIm[bin] = mirror == bin ? zeros : tile.im[places[mirror]];
      oddIm[bin] = mirror == bin ? zeros : tile.re[places[mirror]];
    }
  }

  /** Writes the spectra of all rows. */
  void transform(RowSource32 source, HalfSpectrum32 to) {
    int pairs = LaneCount.ceilDiv(height, 2);
    for (int first = 0; first < pairs; first += tile.lanes) {
      int even = Math.min(tile.lanes, pairs - first);
      int odd = Math.min(even, height / 2 - first);
      Lines32 used = tile.withLanes(even);
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
  private static void clear(float[][] lines, int lane) {
    for (float[] line : lines) {
      line[lane] = 0;
    }
  }

  private void takeApart(int lanes) {
    int width = tile.re.length;
    for (int bin = 0; bin < evenRe.length; bin++) {
      boolean own = bin == 0 || 2 * bin == width;
      Kernel32 kernel = own ? twice : takeApart;
      kernel.on(evenRe[bin], oddRe[bin], oddIm[bin], evenIm[bin], null, 0, 0, lanes);
    }
  }

  private void store(int pair, int even, int odd, Lines32[] strips) {
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
}
