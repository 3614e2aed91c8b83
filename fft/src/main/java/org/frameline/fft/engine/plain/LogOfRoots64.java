package org.frameline.fft.engine.plain;

import org.frameline.fft.Log1p64;

/** Makes {@code log(1 + |X|)} of {@code |X|^2}. Not thread-safe. */
final class LogOfRoots64 implements RowChange64 {
  private final Log1p64 log1p;

  /** For rows of so many numbers. */
  LogOfRoots64(int length) {
    log1p = new Log1p64(length);
  }

  @Override
  public void apply(double[] row) {
    roots(row);
    log1p.apply(row);
  }

  private static void roots(double[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] = Math.sqrt(row[i]);
    }
  }
}
