package org.frameline.fft;

/**
 * Takes the rows of a spectrum {@code [H,W/2+1]} in the order in which they are ready: many
 * algorithms finish rows k and H-k together. Called on the thread of the plan.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
@FunctionalInterface
public interface CoefficientRows<A> {

  /**
   * Takes one row.
   *
   * @param row 0 to H-1
   * @param reIm holds {@code W/2+1} coefficients, real part first; of the plan, which uses it again
   *     afterwards
   * @param offset where in {@code reIm} they begin
   */
  void put(int row, A reIm, int offset);
}
