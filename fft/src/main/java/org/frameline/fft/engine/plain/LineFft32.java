package org.frameline.fft.engine.plain;

/**
 * Complex transforms of one length over all lanes of a block of lines, in single precision,
 * forward, unnormalised, in place. Factors may own scratch lines: not thread-safe.
 *
 * <p>Depth first: a part that fits the first cache stays there until it is done.
 */
final class LineFft32 {
  private final Decimation decimation;
  private final Factor32[] factors;

  /**
   * Transforms of so many numbers.
   *
   * @param lanes of the blocks that will be transformed, at most
   * @param parts its levels
   */
  LineFft32(int length, int lanes, Parts32 parts) {
    decimation = Decimation.of(length);
    float[] roots = Turn32.roots(length);
    factors = new Factor32[decimation.levels()];
    for (int level = 0; level < factors.length; level++) {
      int radix = decimation.radix(level);
      boolean again = level > 0 && radix == decimation.radix(level - 1);
      factors[level] = again ? factors[level - 1] : parts.factor(radix, roots, lanes);
    }
  }

  /** {@code [n]}: in which line each result lies at the end. */
  int[] places() {
    return decimation.places();
  }

  void forward(Lines32 lines) {
    transform(lines, 0, 0, decimation.length());
  }

  private void transform(Lines32 lines, int level, int first, int count) {
    if (level == factors.length) {
      return;
    }
    int radix = decimation.radix(level);
    int distance = count / radix;
    int step = decimation.length() / count;
    for (int i = 0; i < distance; i++) {
      factors[level].transform(lines, first + i, distance, i * step);
    }
    for (int i = 0; i < radix; i++) {
      transform(lines, level + 1, first + i * distance, distance);
    }
  }
}
