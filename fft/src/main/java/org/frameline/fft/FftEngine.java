package org.frameline.fft;

/**
 * Something that transforms real planes of any height and width from 1 on. An engine itself holds
 * no state and is safe for all threads. The plans it makes belong to one thread each, own their
 * work arrays, and may be used for any number of transforms; nobody closes them, so what a plan
 * holds outside the heap has to go with it when it is collected.
 *
 * <p>Single and double precision are plans of their own, so that neither converts for the other.
 */
public interface FftEngine {

  /** Name on the command line and in reports. */
  String name();

  /** A plan for planes {@code [height,width]} in single precision. */
  PlaneFft<float[]> float32(int height, int width);

  /** A plan for planes {@code [height,width]} in double precision. */
  PlaneFft<double[]> float64(int height, int width);

  /**
   * A plan for the power spectra of planes {@code [height,width]} in single precision. Unless an
   * engine says otherwise, it is taken of the coefficients, row by row. An engine that reads
   * several rows at once, or has power before it has rows, makes a plan of its own.
   */
  default PlanePower power32(int height, int width) {
    return new PowerOfRows(float32(height, width), width);
  }

  /**
   * A plan for whole frames, from pixels to output. Unless an engine says otherwise, channels go
   * through a plan for planes one after the other. An engine that reads all channels of a pixel at
   * once, or computes power before it has rows, makes a plan of its own.
   */
  default FrameFft frames(SpectrumFormat format) {
    return PlaneByPlane.of(format, this);
  }
}
