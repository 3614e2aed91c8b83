package org.frameline.fft.engine.plain;

/**
 * A block of complex numbers {@code [lines,lanes]} in double precision, real and imaginary parts
 * apart, each line an array of its own. A transform sees a line as one number; lanes are transforms
 * that run beside each other. The arrays are a little longer than there are lanes: a loop may go on
 * to the next multiple of 64 bytes, in numbers that nobody reads. Not thread-safe.
 */
public final class Lines64 {
  /** So many numbers fill a cache line, and the widest vectors. */
  private static final int CACHE_LINE = 64 / Double.BYTES;

  /** The header of an array takes the place of so many. */
  private static final int HEADER = 16 / Double.BYTES;

  final double[][] re;
  final double[][] im;
  final int lanes;

  private Lines64(double[][] re, double[][] im, int lanes) {
    this.re = re;
    this.im = im;
    this.lanes = lanes;
  }

  /** A block of zeros. */
  static Lines64 of(int lines, int lanes) {
    double[][] re = new double[lines][];
    double[][] im = new double[lines][];
    for (int line = 0; line < lines; line++) {
      re[line] = line(lanes, 0);
      im[line] = line(lanes, 1);
    }
    return new Lines64(re, im, lanes);
  }

  /**
   * A line of zeros. With its header it fills whole cache lines, so that lines that were made one
   * after the other begin at the same place in theirs, and vector instructions that are aligned for
   * one line are so for all. It fills an odd number of them, real and imaginary part together also:
   * at a distance of many powers of two, all lines would compete for the same places of the cache.
   */
  static double[] line(int lanes, int more) {
    int whole = CACHE_LINE * LaneCount.ceilDiv(lanes, CACHE_LINE);
    int cacheLines = LaneCount.ceilDiv(HEADER + whole, CACHE_LINE) | 1;
    return new double[(cacheLines + more) * CACHE_LINE - HEADER];
  }

  /** Real parts, {@code [lines][>=lanes]}. */
  public double[][] re() {
    return re;
  }

  /** Imaginary parts, {@code [lines][>=lanes]}. */
  public double[][] im() {
    return im;
  }

  /** Real parts of a line, {@code [>=lanes]}. */
  public double[] re(int line) {
    return re[line];
  }

  /** Imaginary parts of a line, {@code [>=lanes]}. */
  public double[] im(int line) {
    return im[line];
  }

  /** How many lanes count. */
  public int lanes() {
    return lanes;
  }

  /** The same lines, of which only so many lanes count. */
  Lines64 withLanes(int count) {
    return count == lanes ? this : new Lines64(re, im, count);
  }

  /**
   * The same lines in the order of {@code places}, real and imaginary parts exchanged: a forward
   * transform of these is an inverse one of the numbers themselves.
   */
  Lines64 exchanged(int[] places) {
    double[][] otherRe = new double[re.length][];
    double[][] otherIm = new double[re.length][];
    for (int line = 0; line < re.length; line++) {
      otherRe[line] = im[places[line]];
      otherIm[line] = re[places[line]];
    }
    return new Lines64(otherRe, otherIm, lanes);
  }
}
