package org.frameline.fft.engine.plain;

/** The radices 2 to 5, put together from sums, differences and quarter turns. */
final class SmallFactors64 {
  private SmallFactors64() {}

  static final class Two extends Factor64 {
    private final Kernel64 sumAndDifference = new Kernels64.SumAndDifference();
    private final Kernel64 turned = new Kernels64.SumAndTurnedDifference();
    private final double[] roots;

    Two(double[] roots) {
      this.roots = roots;
    }

    @Override
    protected void transform(Lines64 lines, int first, int distance, int angle) {
      Kernel64 kernel = angle == 0 ? sumAndDifference : turned;
      kernel.on(lines, first, first + distance, roots, 0, angle);
    }
  }

  static final class Three extends Factor64 {
    private static final double SIN_THIRD = Math.sqrt(0.75);

    private final Kernel64 sumAndDifference = new Kernels64.SumAndDifference();
    private final Kernel64 middle = new Kernels64.SumAndScaledSum(-0.5);
    private final Kernel64 last = new Kernels64.QuarterTurn(SIN_THIRD);
    private final Kernel64 lastTurned = new Kernels64.TurnedQuarterTurn(SIN_THIRD);
    private final double[] roots;

    Three(double[] roots) {
      this.roots = roots;
    }

    @Override
    protected void transform(Lines64 lines, int first, int distance, int angle) {
      int second = first + distance;
      int third = second + distance;
      sumAndDifference.on(lines, second, third, roots, 0, 0);
      middle.on(lines, first, second, roots, 0, 0);
      Kernel64 kernel = angle == 0 ? last : lastTurned;
      kernel.on(lines, second, third, roots, angle, 2 * angle);
    }
  }

  /** Two levels of radix 2 in one, which saves a turn; its results 1 and 2 change places. */
  static final class Four extends Factor64 {
    private final Kernel64 sumAndDifference = new Kernels64.SumAndDifference();
    private final Kernel64 turned = new Kernels64.SumAndTurnedDifference();
    private final Kernel64 odd = new Kernels64.QuarterTurn(1);
    private final Kernel64 oddTurned = new Kernels64.TurnedQuarterTurn(1);
    private final double[] roots;

    Four(double[] roots) {
      this.roots = roots;
    }

    @Override
    protected void transform(Lines64 lines, int first, int distance, int angle) {
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
  static final class Five extends Factor64 {
    private final Kernel64 sumAndDifference = new Kernels64.SumAndDifference();
    private final Kernel64 mean = new Kernels64.SumAndScaledSum(-0.25);
    private final Kernel64 cosines = new Kernels64.ScaledSumAndDifference(Math.sqrt(5) / 4);
    private final Kernel64 sines =
        new Kernels64.Mix(Math.sin(2 * Math.PI / 5), Math.sin(4 * Math.PI / 5));
    private final Kernel64 last = new Kernels64.QuarterTurn(1);
    private final Kernel64 lastTurned = new Kernels64.TurnedQuarterTurn(1);
    private final double[] roots;

    Five(double[] roots) {
      this.roots = roots;
    }

    @Override
    protected void transform(Lines64 lines, int first, int distance, int angle) {
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
      Kernel64 kernel = angle == 0 ? last : lastTurned;
      kernel.on(lines, second, fifth, roots, angle, 4 * angle);
      kernel.on(lines, third, fourth, roots, 2 * angle, 3 * angle);
    }
  }
}
