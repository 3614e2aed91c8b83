package org.frameline.fft;

/**
 * Plan of a real 2-D transform of one size, {@code [H,W]} to {@code [H,W/2+1]}, unnormalised and
 * with the sign of {@code numpy.fft.rfft2}. Owns its work arrays: one plan per thread.
 *
 * @param <A> {@code float[]} or {@code double[]}, the numbers of the spectrum
 */
@FunctionalInterface
public interface PlaneFft<A> {

  /** Transforms the plane that {@code samples} yields and puts each row of its spectrum once. */
  void forward(SampleRows samples, CoefficientRows<A> to);
}
