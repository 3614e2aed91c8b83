package org.frameline.fft.engine.plain;

import org.frameline.fft.Log1p32;

/** Makes {@code log(1 + |X|)} of {@code |X|^2}. Not thread-safe. */
final class LogOfRoots32 implements RowChange32 {
  private final Log1p32 log1p;

  /** For rows of so many numbers. */
  LogOfRoots32(int length) {
    log1p = new Log1p32(length);
  }

  @Override
  public void apply(float[] row) {
    roots(row);
    log1p.apply(row);
  }

  private static void roots(float[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) Math.sqrt(row[i]);
    }
  }
}
