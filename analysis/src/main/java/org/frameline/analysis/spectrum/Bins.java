package org.frameline.analysis.spectrum;

/**
 * The bins of the half spectrum of a real plane, {@code [H,W/2+1]} in the order of {@code
 * numpy.fft.rfft2}, with a power {@code |X|^2} in each: row k belongs to the frequency k/H for k up
 * to H/2 and (k-H)/H above.
 */
abstract class Bins {
  private final int width;
  private final int height;
  private final int bins;

  /** Those of planes of this size. */
  Bins(int width, int height) {
    this.width = width;
    this.height = height;
    bins = width / 2 + 1;
  }

  final int width() {
    return width;
  }

  final int height() {
    return height;
  }

  /** How many there are in a row. */
  final int bins() {
    return bins;
  }

  /** How many there are. */
  final int count() {
    return height * bins;
  }

  /** The power in one of them, row by row. */
  abstract double power(int index);

  /** The highest power in a row. */
  abstract double highest(int row);

  /** Power at this whole number of cycles per height and width, of any sign. */
  final double at(int cyclesDown, int cyclesAcross) {
    int y = Math.floorMod(cyclesAcross < 0 ? -cyclesDown : cyclesDown, height);
    int x = Math.abs(cyclesAcross);
    // Beyond the last column the half spectrum goes on as its mirror image.
    return x < bins ? power(y * bins + x) : power(Math.floorMod(-y, height) * bins + width - x);
  }

  /** Cycles per height of a row, from -(H-1)/2 to H/2. */
  final int cyclesDown(int row) {
    return row <= height / 2 ? row : row - height;
  }

  /** How often a column stands in the whole spectrum. */
  final int weight(int column) {
    return column == 0 || 2 * column == width ? 1 : 2;
  }
}
