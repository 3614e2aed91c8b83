package org.frameline.fft.engine.plain;

/**
 * A small odd prime p, by sums: with s and d the sums and differences of numbers q and p-q, the
 * results k and p-k are {@code sum(cos(2 pi qk/p) s_q) -+ i sum(sin(2 pi qk/p) d_q)}.
 *
 * <p>The number 0 is subtracted from the others first, which changes the result 0 alone, because
 * the p-th roots of one add up to zero. What all numbers have in common, the mean grey of a frame,
 * would otherwise cancel in rounded products and drown weak results.
 */
final class OddFactor32 extends Factor32 {
  /** Terms of a sum that are added in one loop. */
  private static final int TERMS = Turn32.SIZE;

  private final Kernel32 sumAndDifference = new Kernels32.SumAndDifference();
  private final Kernel32 lessTwice = new Kernels32.AddScaled(-2);
  private final Kernel32 add = new Kernels32.AddScaled(1);
  private final Kernel32 sum = new Kernels32.WeightedSum();
  private final Kernel32 addSum = new Kernels32.AddWeightedSum();
  private final Kernel32 last = new Kernels32.QuarterTurn(1);
  private final Kernel32 lastTurned = new Kernels32.TurnedQuarterTurn(1);

  private final int half;
  private final Kernel32 timesPrime;
  private final float[] roots;

  /** {@code [half][>=half]}: of row k-1, the factor of term q-1; filled up with zeros. */
  private final float[][] cosines;

  private final float[][] sines;
  private final Lines32 even;
  private final Lines32 odd;

  OddFactor32(int prime, float[] roots, int lanes) {
    half = prime / 2;
    timesPrime = new Kernels32.AddScaled(prime - 1);
    this.roots = roots;
    int terms = TERMS * LaneCount.ceilDiv(half, TERMS);
    cosines = new float[half][terms];
    sines = new float[half][terms];
    for (int k = 1; k <= half; k++) {
      for (int q = 1; q <= half; q++) {
        double angle = 2 * Math.PI * (k * q % prime) / prime;
        cosines[k - 1][q - 1] = (float) Math.cos(angle);
        sines[k - 1][q - 1] = (float) Math.sin(angle);
      }
    }
    even = Lines32.of(half, lanes);
    odd = Lines32.of(half, lanes);
  }

  @Override
  protected void transform(Lines32 lines, int first, int distance, int angle) {
    int end = first + (2 * half + 1) * distance;
    for (int q = 1; q <= half; q++) {
      sumAndDifference.on(lines, first + q * distance, end - q * distance, roots, 0, 0);
      lessTwice.on(lines, first, first + q * distance, roots, 0, 0);
    }
    for (int k = 0; k < half; k++) {
      add(lines.re, first, distance, cosines[k], even.re[k], lines.lanes);
      add(lines.im, first, distance, cosines[k], even.im[k], lines.lanes);
      add(lines.re, end, -distance, sines[k], odd.re[k], lines.lanes);
      add(lines.im, end, -distance, sines[k], odd.im[k], lines.lanes);
    }
    timesPrime.on(lines, first, first, roots, 0, 0);
    for (int q = 1; q <= half; q++) {
      add.on(lines, first + q * distance, first, roots, 0, 0);
    }
    for (int k = 1; k <= half; k++) {
      finish(k, lines, first + k * distance, end - k * distance, angle);
    }
  }

  /** Adds up lines {@code first + q distance}, q from 1 to half, each with its weight. */
  private void add(
      float[][] lines, int first, int distance, float[] weights, float[] to, int lanes) {
    for (int term = 0; term < half; term += TERMS) {
      Kernel32 kernel = term == 0 ? sum : addSum;
      float[] a = lines[first + (term + 1) * distance];
      float[] b = term + 1 < half ? lines[first + (term + 2) * distance] : a;
      float[] c = term + 2 < half ? lines[first + (term + 3) * distance] : a;
      kernel.on(to, a, b, c, weights, 0, term / TERMS, lanes);
    }
  }

  private void finish(int k, Lines32 lines, int x, int y, int angle) {
    int prime = 2 * half + 1;
    int n = lines.lanes;
    float[] xr = even.re[k - 1];
    float[] xi = even.im[k - 1];
    float[] yr = odd.re[k - 1];
    float[] yi = odd.im[k - 1];
    Kernel32 kernel = angle == 0 ? last : lastTurned;
    kernel.on(xr, xi, yr, yi, roots, k * angle, (prime - k) * angle, n);
    System.arraycopy(xr, 0, lines.re[x], 0, n);
    System.arraycopy(xi, 0, lines.im[x], 0, n);
    System.arraycopy(yr, 0, lines.re[y], 0, n);
    System.arraycopy(yi, 0, lines.im[y], 0, n);
  }
}
