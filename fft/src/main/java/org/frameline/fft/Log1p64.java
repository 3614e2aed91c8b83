package org.frameline.fft;

/**
 * {@code log(1+x)} of a whole row in double precision, exact to a few units in the last place for x
 * from 0 on. Not thread-safe, as {@link Log1p32} is not.
 *
 * <p>Quicker than Math.log1p, for which Java 17 has no intrinsic: log(1+x) plus a first-order
 * correction of the rounding in 1+x (GNU Scientific Library, sys/log1p.c).
 */
public final class Log1p64 {
  private final int length;

  /** For rows of so many numbers. */
  public Log1p64(int length) {
    this.length = length;
  }

  /** Replaces each of the row's numbers, which are at least 0, by its log1p. */
  public void apply(double[] row) {
    for (int i = 0; i < length; i++) {
      double x = row[i];
      double sum = 1 + x;
      row[i] = Math.log(sum) - ((sum - 1) - x) / sum;
    }
  }
}
