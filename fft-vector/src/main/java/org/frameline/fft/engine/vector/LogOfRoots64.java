package org.frameline.fft.engine.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.frameline.fft.engine.plain.RowChange64;

/**
 * Makes {@code log(1 + |X|)} of {@code |X|^2}, exact to a few units in the last place. As {@link
 * LogOfRoots32}, with {@code log(1+f) = f - f^2/2 + f^3 P(f)/Q(f)} (Cephes {@code log}, S. L.
 * Moshier, netlib.org/cephes, double/log.c). Not thread-safe.
 */
final class LogOfRoots64 implements RowChange64 {
  private static final VectorSpecies<Double> WIDTH = Width64.SPECIES;
  private static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;
  private static final int MANTISSA_BITS = 52;

  /** 1.5*2^52 and its bits: a small number added to the bits is the same number added to it. */
  private static final double BIAS = 0x1.8p52;

  private static final long BIAS_BITS = 0x4338000000000000L;

  /** ln 2 in two parts, the first with so few bits that its product with an exponent is exact. */
  private static final double LN2_HIGH = 0.693359375;

  private static final double LN2_LOW = -2.121944400546905827679e-4;

  /** Whole vectors, of which the last numbers stay zero. */
  private final double[] numbers;

  private final int length;

  /** For rows of so many numbers. */
  LogOfRoots64(int length) {
    this.length = length;
    numbers = new double[length + Width64.LANES];
  }

  @Override
  public void apply(double[] row) {
    System.arraycopy(row, 0, numbers, 0, length);
    apply(numbers, length);
    System.arraycopy(numbers, 0, row, 0, length);
  }

  private static void apply(double[] numbers, int n) {
    for (int i = 0; i < n; i += Width64.LANES) {
      DoubleVector x = DoubleVector.fromArray(WIDTH, numbers, i).lanewise(VectorOperators.SQRT);
      DoubleVector sum = x.add(1);
      DoubleVector lost = x.sub(sum.sub(1)).div(sum);
      LongVector bits = sum.reinterpretAsLongs();
      // Not negative, since the sum is 1 at least.
      LongVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.LSHR, MANTISSA_BITS);
      DoubleVector e = exponent.add(BIAS_BITS).reinterpretAsDoubles().sub(BIAS);
      DoubleVector f =
          bits.sub(exponent.lanewise(VectorOperators.LSHL, MANTISSA_BITS))
              .reinterpretAsDoubles()
              .sub(1);
      DoubleVector p = f.mul(1.01875663804580931796e-4).add(4.97494994976747001425e-1);
      p = p.mul(f).add(4.70579119878881725854);
      p = p.mul(f).add(1.44989225341610930846e1);
      p = p.mul(f).add(1.79368678507819816313e1);
      p = p.mul(f).add(7.70838733755885391666);
      DoubleVector q = f.add(1.12873587189167450590e1);
      q = q.mul(f).add(4.52279145837532221105e1);
      q = q.mul(f).add(8.29875266912776603211e1);
      q = q.mul(f).add(7.11544750618563894466e1);
      q = q.mul(f).add(2.31251620126765340583e1);
      DoubleVector small = p.div(q).mul(f).add(-0.5).mul(f).mul(f).add(e.mul(LN2_LOW)).add(lost);
      small.add(f).add(e.mul(LN2_HIGH)).intoArray(numbers, i);
    }
  }
}
