package org.frameline.fft.engine.plain;

/**
 * Takes the spectra of two rows apart that went through one complex transform, and turns lanes into
 * lines, in single precision. Belongs to one tile. Not thread-safe.
 */
@FunctionalInterface
public interface RowPairs32 {

  /**
   * Writes the spectra of the rows in the tile, of which lane i has rows {@code 2 (pair + i)} and
   * {@code 2 (pair + i) + 1}. The tile does not survive it.
   *
   * @param pair of lane 0
   * @param even how many lanes have their first row
   * @param odd how many have their second, the same or one less
   * @param strips the half spectrum, row by row, each strip with the bins that follow the last
   *     strip's
   */
  void store(int pair, int even, int odd, Lines32[] strips);
}
