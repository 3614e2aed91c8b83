package org.frameline.fft.engine;

/**
 * Plan of a real 2-D transform of one size, {@code [H,W]} to {@code [H,W/2+1]}, unnormalised and
 * with the sign of {@code numpy.fft.rfft2}. Owns its work arrays: one plan per thread.
 *
 * @param <A> {@code float[]} or {@code double[]}, the numbers of the spectrum
 */
public interface PlaneFft<A> {

  /** Transforms the plane that {@code samples} yields, and keeps the spectrum for reading. */
  void forward(SampleRows samples);

  /**
   * Copies one row of the spectrum of the last plane.
   *
   * @param row 0 to H-1
   * @param reIm receives {@code W/2+1} coefficients, real part first
   */
  void readRow(int row, A reIm);
}
