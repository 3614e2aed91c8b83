package org.frameline.fft.engine.plain;

/** How many transforms run beside each other. Stateless. */
final class LaneCount {
  /** What a block of lines may take: about the second cache of a core. */
  private static final int BLOCK_BYTES = 1400 << 10;

  /** With fewer than 70 in most loops, Java 17 uses a quarter or half the width of the vectors. */
  private static final int LEAST = 80;

  /** With more, the lines of a butterfly leave the first cache. */
  private static final int MOST = 200;

  private LaneCount() {}

  /**
   * Of so many transforms: so many that a block stays in the cache, and that all blocks are about
   * equally wide.
   *
   * @param lines the length of each transform
   * @param bytes size of a real number
   */
  static int of(int transforms, int lines, int bytes) {
    int wanted = Math.min(Math.max(BLOCK_BYTES / (2 * bytes) / lines, LEAST), MOST);
    int blocks = ceilDiv(transforms, wanted);
    return ceilDiv(transforms, blocks);
  }

  static int ceilDiv(int dividend, int divisor) {
    return (int) (((long) dividend + divisor - 1) / divisor);
  }
}
