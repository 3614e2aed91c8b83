package org.frameline.fft.engine.plain;

/** Where a plan gets the rows of a real plane {@code [H,W]} from. One thread. */
public interface RowSource32 {

  /**
   * Puts halves of every second row's samples into lanes beside each other: {@code lines[x][i] =
   * sample(first + 2 i, x) / 2}. The halves are exact, and save the division when two rows are
   * taken apart.
   *
   * @param first the first row
   * @param count how many rows, i from 0 to count-1
   * @param lines {@code [W,>=count]}
   */
  void load(int first, int count, float[][] lines);
}
