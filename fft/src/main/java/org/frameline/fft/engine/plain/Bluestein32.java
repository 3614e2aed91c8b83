package org.frameline.fft.engine.plain;

import java.util.Arrays;

/**
 * A large prime p, as a convolution with a chirp, whose length n is made of 2, 3 and 5: {@code X_k
 * = c_k sum(x_q c_q conj(c_(k-q)))} with {@code c_q = exp(-i pi q^2 / p)} (L. I. Bluestein, "A
 * linear filtering approach to the computation of discrete Fourier transform", IEEE Trans. Audio
 * Electroacoust. 18 (1970) 451).
 *
 * <p>The number 0 is subtracted from the others first, for the reason that {@link OddFactor32}
 * tells.
 */
final class Bluestein32 extends Factor32 {
  private final Kernel32 multiply = new Kernels32.Multiply();
  private final Kernel32 less = new Kernels32.AddScaled(-1);
  private final Kernel32 add = new Kernels32.AddScaled(1);

  private final int prime;
  private final Kernel32 timesPrime;
  private final float[] roots;
  private final float[] chirp;

  /** {@code [n]}: the spectrum of the chirp's conjugate, divided by n. */
  private final float[] filter;

  private final LineFft32 fft;
  private final int[] places;
  private final Lines32 forward;
  private final Lines32 inverse;

  Bluestein32(int prime, float[] roots, int lanes, Parts32 parts) {
    this.prime = prime;
    timesPrime = new Kernels32.AddScaled(prime - 1);
    this.roots = roots;
    int length = Decimation.smoothLength(2 * prime - 1);
    chirp = new float[Turn32.SIZE * prime];
    for (int q = 0; q < prime; q++) {
      Turn32.put(chirp, q, Math.cos(angle(q)), -Math.sin(angle(q)));
    }
    filter = filter(length);
    fft = new LineFft32(length, lanes, parts);
    places = fft.places();
    forward = Lines32.of(length, lanes);
    inverse = forward.exchanged(places);
  }

  private double angle(int q) {
    return Math.PI * ((long) q * q % (2L * prime)) / prime;
  }

  private float[] filter(int length) {
    Lines64 lines = Lines64.of(length, 1);
    for (int q = 0; q < prime; q++) {
      int mirror = (length - q) % length;
      lines.re[q][0] = Math.cos(angle(q)) / length;
      lines.im[q][0] = Math.sin(angle(q)) / length;
      lines.re[mirror][0] = lines.re[q][0];
      lines.im[mirror][0] = lines.im[q][0];
    }
    LineFft64 precise = new LineFft64(length, 1, Parts64.PLAIN);
    precise.forward(lines);
    int[] at = precise.places();
    float[] turns = new float[Turn32.SIZE * length];
    for (int k = 0; k < length; k++) {
      Turn32.put(turns, k, lines.re[at[k]][0], lines.im[at[k]][0]);
    }
    return turns;
  }

  @Override
  protected void transform(Lines32 lines, int first, int distance, int angle) {
    int n = lines.lanes;
    clear(0, n);
    for (int q = 1; q < prime; q++) {
      int x = first + q * distance;
      less.on(lines, first, x, chirp, 0, 0);
      multiply.on(lines.re[x], lines.im[x], forward.re[q], forward.im[q], chirp, 0, q, n);
    }
    for (int q = prime; q < places.length; q++) {
      clear(q, n);
    }
    convolve(n);
    timesPrime.on(lines, first, first, chirp, 0, 0);
    int sum = places[0];
    add.on(inverse.im[sum], inverse.re[sum], lines.re[first], lines.im[first], chirp, 0, 0, n);
    for (int k = 1; k < prime; k++) {
      int from = places[k];
      int x = first + k * distance;
      multiply.on(inverse.im[from], inverse.re[from], lines.re[x], lines.im[x], chirp, 0, k, n);
      if (angle != 0) {
        multiply.on(lines, x, x, roots, 0, k * angle);
      }
    }
  }

  private void clear(int line, int lanes) {
    Arrays.fill(forward.re[line], 0, lanes, 0);
    Arrays.fill(forward.im[line], 0, lanes, 0);
  }

  private void convolve(int lanes) {
    fft.forward(forward.withLanes(lanes));
    for (int k = 0; k < places.length; k++) {
      multiply.on(forward, places[k], places[k], filter, 0, k);
    }
    fft.forward(inverse.withLanes(lanes));
  }
}
