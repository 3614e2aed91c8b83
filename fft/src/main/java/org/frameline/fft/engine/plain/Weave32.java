package org.frameline.fft.engine.plain;

/** Puts real and imaginary parts in turns, in single precision. Not thread-safe. */
@FunctionalInterface
public interface Weave32 {
  /**
   * Writes complex numbers: {@code reIm[at + 2 i] = re[i]}, {@code reIm[at + 2 i + 1] = im[i]}.
   *
   * @param count how many
   */
  void weave(float[] re, float[] im, float[] reIm, int at, int count);

  /** As any Java can. */
  static void plain(float[] re, float[] im, float[] reIm, int at, int count) {
    for (int i = 0, to = at; i < count; i++, to += 2) {
      reIm[to] = re[i];
      reIm[to + 1] = im[i];
    }
  }
}
