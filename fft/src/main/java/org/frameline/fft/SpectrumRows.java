package org.frameline.fft;

import java.nio.ByteBuffer;

/**
 * Turns rows of complex coefficients into rows of the output and writes each where it belongs. One
 * thread.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
interface SpectrumRows<A> extends CoefficientRows<A> {

  /** Starts a result at the buffer's first byte; the buffer is little-endian. */
  void begin(ByteBuffer out);

  /** Says of which channel the next rows are. */
  void select(int channel);

  /** Lets go of the buffer. */
  void end();
}
