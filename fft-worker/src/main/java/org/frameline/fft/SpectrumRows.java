package org.frameline.fft;

import java.nio.ByteBuffer;

/**
 * Turns rows of complex coefficients into rows of the output and appends them. One thread.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
interface SpectrumRows<A> {

  /** Starts a result at the buffer's first byte; the buffer is little-endian. */
  void begin(ByteBuffer out);

  /** Appends one row, {@code [bins]} coefficients, real part first. */
  void put(A reIm);

  /** Lets go of the buffer. */
  void end();
}
