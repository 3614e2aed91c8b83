package org.frameline.fft.engine.vector;

/** Whether numbers are moved by vectors as well, and not only computed. Stateless. */
final class MovesInVectors {
  /**
   * Java 17 may make objects of the vectors of other loops then, of radix 5 above all: always where
   * a type of number has vectors of two widths, and now and then where it has not. A frame takes
   * twice as long then. Java 25 does not.
   */
  private static final int SINCE = 25;

  private static final boolean WORTH_IT = Runtime.version().feature() >= SINCE;

  private MovesInVectors() {}

  /** For vectors of so many numbers. */
  static boolean areWorthIt(int lanes) {
    return WORTH_IT && lanes >= Eight32.SIDE;
  }
}
