package org.frameline.fft.engine.plain;

/**
 * Tables of complex factors {@code c + is}, as {@code {c, c + s, s - c}} each: with {@code k = c (a
 * + b)}, {@code (a + ib)(c + is) = (k - b (c + s)) + i (k + a (s - c))} has three products, and
 * none of the numbers is in two of them. Computed in double precision and rounded once. Stateless.
 */
final class Turn32 {
  /** How many numbers a factor takes. */
  static final int SIZE = 3;

  private Turn32() {}

  /** {@code exp(-2 pi i k / n)} for k from 0 to n-1. */
  static float[] roots(int n) {
    float[] turns = new float[SIZE * n];
    for (int k = 0; k < n; k++) {
      double angle = -2 * Math.PI * k / n;
      put(turns, k, Math.cos(angle), Math.sin(angle));
    }
    return turns;
  }

  static void put(float[] turns, int index, double re, double im) {
    turns[SIZE * index] = (float) re;
    turns[SIZE * index + 1] = (float) (re + im);
    turns[SIZE * index + 2] = (float) (im - re);
  }
}
