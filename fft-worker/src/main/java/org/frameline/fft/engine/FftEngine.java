package org.frameline.fft.engine;

/**
 * A library that transforms real planes. An engine itself holds no state and is safe for all
 * threads; the plans it makes belong to one thread each.
 */
public interface FftEngine {

  /** Name on the command line and in reports. */
  String name();

  /** A plan for planes {@code [height,width]} in single precision. */
  PlaneFft<float[]> float32(int height, int width);

  /** A plan for planes {@code [height,width]} in double precision. */
  PlaneFft<double[]> float64(int height, int width);

  /**
   * Finds an engine by its name.
   *
   * @throws IllegalArgumentException naming the engines there are
   */
  static FftEngine named(String name) {
    if (name.equals(JTransformsEngine.NAME)) {
      return new JTransformsEngine();
    }
    throw new IllegalArgumentException(
        "expected one of " + JTransformsEngine.NAME + ", found \"" + name + "\"");
  }
}
