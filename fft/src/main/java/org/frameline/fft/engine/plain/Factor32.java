package org.frameline.fft.engine.plain;

/**
 * One level of a decimation in frequency: transforms of as many numbers as its radix says, and the
 * turns that lead to the next level. In place. Those of large radices own scratch lines: not
 * thread-safe.
 */
public abstract class Factor32 {
  /** Up to this prime the sums of {@link OddFactor32} are quicker than {@link Bluestein32}. */
  private static final int LARGEST_SUM = 50;

  /**
   * A level of the radix 2, 3, 4, 5 or any larger prime.
   *
   * @param roots of one, of the length of the whole transform
   * @param lanes of the blocks that it will be used with, at most
   * @param parts of which a level is made that is a transform itself
   */
  static Factor32 of(int radix, float[] roots, int lanes, Parts32 parts) {
    return switch (radix) {
      case 2 -> new SmallFactors32.Two(roots);
      case 3 -> new SmallFactors32.Three(roots);
      case 4 -> new SmallFactors32.Four(roots);
      case 5 -> new SmallFactors32.Five(roots);
      default ->
          radix <= LARGEST_SUM
              ? new OddFactor32(radix, roots, lanes)
              : new Bluestein32(radix, roots, lanes, parts);
    };
  }

  /**
   * Transforms lines {@code first + i distance}, i from 0 to radix-1. The result k, turned by the
   * root to the power of {@code k angle}, is left in line {@code first + k distance}; but radix 4
   * leaves its results 1 and 2 in each other's.
   */
  protected abstract void transform(Lines32 lines, int first, int distance, int angle);
}
