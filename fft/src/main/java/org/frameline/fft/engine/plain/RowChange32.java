package org.frameline.fft.engine.plain;

/** What is done to each number of a row, in single precision. Not thread-safe. */
@FunctionalInterface
public interface RowChange32 {
  void apply(float[] row);
}
