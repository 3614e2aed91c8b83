package org.frameline.fft;

/** Rows of one real plane {@code [H,W]}, read by a plan on its own thread. */
@FunctionalInterface
public interface SampleRows {

  /**
   * Copies one row. Samples of at most 16 bits are exact as float, so one method serves both
   * precisions.
   *
   * @param row 0 to H-1
   * @param samples receives W samples
   */
  void read(int row, float[] samples);
}
