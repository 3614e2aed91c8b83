package org.frameline.fft.engine.plain;

/**
 * A small odd prime p, by sums: with s and d the sums and differences of numbers q and p-q, the
 * results k and p-k are {@code sum(cos(2 pi qk/p) s_q) -+ i sum(sin(2 pi qk/p) d_q)}.
 *
 * <p>The number 0 is subtracted from the others first, which changes the result 0 alone, because
 * the p-th roots of one add up to zero. What all numbers have in common, the mean grey of a frame,
 * would otherwise cancel in rounded products and drown weak results.
 */
final class OddFactor64 extends Factor64 {
  /** Terms of a sum that are added in one loop. */
  private static final int TERMS = Turn64.SIZE;

  private final Kernel64 sumAndDifference = new Kernels64.SumAndDifference();
  private final Kernel64 lessTwice = new Kernels64.AddScaled(-2);
  private final Kernel64 add = new Kernels64.AddScaled(1);
  private final Kernel64 sum = new Kernels64.WeightedSum();
  private final Kernel64 addSum = new Kernels64.AddWeightedSum();
  private final Kernel64 last = new Kernels64.QuarterTurn(1);
  private final Kernel64 lastTurned = new Kernels64.TurnedQuarterTurn(1);

  private final int half;
  private final Kernel64 timesPrime;
  private final double[] roots;

  /** {@code [half][>=half]}: of row k-1, the factor of term q-1; filled up with zeros. */
  private final double[][] cosines;

  private final double[][] sines;
  private final Lines64 even;
  private final Lines64 odd;

  OddFactor64(int prime, double[] roots, int lanes) {
    half = prime / 2;
    timesPrime = new Kernels64.AddScaled(prime - 1);
    this.roots = roots;
    int terms = TERMS * LaneCount.ceilDiv(half, TERMS);
    cosines = new double[half][terms];
    sines = new double[half][terms];
    for (int k = 1; k <= half; k++) {
      for (int q = 1; q <= half; q++) {
        double angle = 2 * Math.PI * (k * q % prime) / prime;
        cosines[k - 1][q - 1] = Math.cos(angle);
        sines[k - 1][q - 1] = Math.sin(angle);
      }
    }
    even = Lines64.of(half, lanes);
    odd = Lines64.of(half, lanes);
  }

  @Override
  protected void transform(Lines64 lines, int first, int distance, int angle) {
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
      double[][] lines, int first, int distance, double[] weights, double[] to, int lanes) {
    for (int term = 0; term < half; term += TERMS) {
      Kernel64 kernel = term == 0 ? sum : addSum;
      double[] a = lines[first + (term + 1) * distance];
      double[] b = term + 1 < half ? lines[first + (term + 2) * distance] : a;
      double[] c = term + 2 < half ? lines[first + (term + 3) * distance] : a;
      kernel.on(to, a, b, c, weights, 0, term / TERMS, lanes);
    }
  }

  private void finish(int k, Lines64 lines, int x, int y, int angle) {
    int prime = 2 * half + 1;
    int n = lines.lanes;
    double[] xr = even.re[k - 1];
    double[] xi = even.im[k - 1];
    double[] yr = odd.re[k - 1];
    double[] yi = odd.im[k - 1];
    Kernel64 kernel = angle == 0 ? last : lastTurned;
    kernel.on(xr, xi, yr, yi, roots, k * angle, (prime - k) * angle, n);
    System.arraycopy(xr, 0, lines.re[x], 0, n);
    System.arraycopy(xi, 0, lines.im[x], 0, n);
    System.arraycopy(yr, 0, lines.re[y], 0, n);
    System.arraycopy(yi, 0, lines.im[y], 0, n);
  }
}
