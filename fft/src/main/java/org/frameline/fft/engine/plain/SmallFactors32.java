package org.frameline.fft.engine.plain;

/** The radices 2 to 5, put together from sums, differences and quarter turns. */
final class SmallFactors32 {
  private SmallFactors32() {}

  static final class Two extends Factor32 {
    private final Kernel32 sumAndDifference = new Kernels32.SumAndDifference();
    private final Kernel32 turned = new Kernels32.SumAndTurnedDifference();
    private final float[] roots;

    Two(float[] roots) {
      this.roots = roots;
    }

    @Override
    protected void transform(Lines32 lines, int first, int distance, int angle) {
      Kernel32 kernel = angle == 0 ? sumAndDifference : turned;
      kernel.on(lines, first, first + distance, roots, 0, angle);
    }
  }

  static final class Three extends Factor32 {
    private static final double SIN_THIRD = Math.sqrt(0.75);

    private final Kernel32 sumAndDifference = new Kernels32.SumAndDifference();
    private final Kernel32 middle = new Kernels32.SumAndScaledSum(-0.5);
    private final Kernel32 last = new Kernels32.QuarterTurn(SIN_THIRD);
    private final Kernel32 lastTurned = new Kernels32.TurnedQuarterTurn(SIN_THIRD);
    private final float[] roots;

    Three(float[] roots) {
      this.roots = roots;
    }

    @Override
    protected void transform(Lines32 lines, int first, int distance, int angle) {
      int second = first + distance;
      int third = second + distance;
      sumAndDifference.on(lines, second, third, roots, 0, 0);
      middle.on(lines, first, second, roots, 0, 0);
      Kernel32 kernel = angle == 0 ? last : lastTurned;
      kernel.on(lines, second, third, roots, angle, 2 * angle);
    }
  }

  /** Two levels of radix 2 in one, which saves a turn; its results 1 and 2 change places. */
  static final class Four extends Factor32 {
    private final Kernel32 sumAndDifference = new Kernels32.SumAndDifference();
    private final Kernel32 turned = new Kernels32.SumAndTurnedDifference();
    private final Kernel32 odd = new Kernels32.QuarterTurn(1);
    private final Kernel32 oddTurned = new Kernels32.TurnedQuarterTurn(1);
    private final float[] roots;

    Four(float[] roots) {
      this.roots = roots;
    }

    @Override
    protected void transform(Lines32 lines, int first, int distance, int angle) {
      int second = first + distance;
      int third = second + distance;
      int fourth = third + distance;
      sumAndDifference.on(lines, first, third, roots, 0, 0);
      sumAndDifference.on(lines, second, fourth, roots, 0, 0);
      if (angle == 0) {
        sumAndDifference.on(lines, first, second, roots, 0, 0);
        odd.on(lines, third, fourth, roots, 0, 0);
      } else {
        turned.on(lines, first, second, roots, 0, 2 * angle);
        oddTurned.on(lines, third, fourth, roots, angle, 3 * angle);
      }
    }
  }

  /**
   * With the sums of opposite numbers and the sum and difference of those, as in H. J. Nussbaumer,
   * Fast Fourier Transform and Convolution Algorithms, 2nd ed., section 5.5.4.
   */
  static final class Five extends Factor32 {
    private final Kernel32 sumAndDifference = new Kernels32.SumAndDifference();
    private final Kernel32 mean = new Kernels32.SumAndScaledSum(-0.25);
    private final Kernel32 cosines = new Kernels32.ScaledSumAndDifference(Math.sqrt(5) / 4);
    private final Kernel32 sines =
        new Kernels32.Mix(Math.sin(2 * Math.PI / 5), Math.sin(4 * Math.PI / 5));
    private final Kernel32 last = new Kernels32.QuarterTurn(1);
    private final Kernel32 lastTurned = new Kernels32.TurnedQuarterTurn(1);
    private final float[] roots;

    Five(float[] roots) {
      this.roots = roots;
    }

    @Override
    protected void transform(Lines32 lines, int first, int distance, int angle) {
      int second = first + distance;
      int third = second + distance;
      int fourth = third + distance;
      int fifth = fourth + distance;
      sumAndDifference.on(lines, second, fifth, roots, 0, 0);
      sumAndDifference.on(lines, third, fourth, roots, 0, 0);
      sumAndDifference.on(lines, second, third, roots, 0, 0);
      mean.on(lines, first, second, roots, 0, 0);
      cosines.on(lines, second, third, roots, 0, 0);
      sines.on(lines, fifth, fourth, roots, 0, 0);
      Kernel32 kernel = angle == 0 ? last : lastTurned;
      kernel.on(lines, second, fifth, roots, angle, 4 * angle);
      kernel.on(lines, third, fourth, roots, 2 * angle, 3 * angle);
    }
  }
}
