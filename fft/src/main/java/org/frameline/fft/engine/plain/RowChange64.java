package org.frameline.fft.engine.plain;

/** What is done to each number of a row, in double precision. Not thread-safe. */
@FunctionalInterface
public interface RowChange64 {
  void apply(double[] row);
}
