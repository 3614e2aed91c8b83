package org.frameline.fft;

/**
 * Plan of the power spectrum of real planes of one size, {@code [H,W]} to {@code [H,W/2+1]}, in
 * single precision: the squares of the absolute values of what a {@link PlaneFft} gives. Owns its
 * work arrays: one plan per thread.
 */
@FunctionalInterface
public interface PlanePower {

  /**
   * Transforms the plane that {@code samples} yields.
   *
   * @param power receives {@code [H,W/2+1]} in C order
   */
  void transform(SampleLanes samples, float[] power);
}
