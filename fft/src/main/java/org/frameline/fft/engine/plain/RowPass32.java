package org.frameline.fft.engine.plain;

/**
 * Transforms the rows of a real plane, a tile of them at a time. Two rows travel as real and
 * imaginary part through one complex transform. Not thread-safe.
 */
final class RowPass32 {
  private final int height;
  private final LineFft32 fft;
  private final Lines32 tile;
  private final RowPairs32 rowPairs;

  RowPass32(int height, int width, Parts32 parts) {
    this.height = height;
    int lanes = LaneCount.of(LaneCount.ceilDiv(height, 2), width, Float.BYTES);
    fft = new LineFft32(width, lanes, parts);
    tile = Lines32.of(width, lanes);
    rowPairs = parts.rowPairs(tile, fft.places());
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
      rowPairs.store(first, even, odd, to.strips());
    }
  }

  /** The last row of an odd height has no other that travels with it. */
  private static void clear(float[][] lines, int lane) {
    for (float[] line : lines) {
      line[lane] = 0;
    }
  }
}
