package org.frameline.fft;

/**
 * A real plane {@code [H,W]}, read by a plan on its own thread, many rows at a time and turned:
 * rows lie beside each other, as they do while they are transformed.
 */
@FunctionalInterface
public interface SampleLanes {

  /**
   * Puts every second row into lanes: {@code lines[x][i] = factor * sample(first + 2 i, x)}.
   *
   * @param first the first row
   * @param count how many rows, i from 0 to count-1
   * @param factor what each sample is multiplied with
   * @param lines {@code [W,>=count]}
   */
  void load(int first, int count, float factor, float[][] lines);
}
