package org.frameline.fft.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.frameline.fft.engine.plain.RowChange32;

/**
 * Makes {@code log(1 + |X|)} of {@code |X|^2}, relative error below 1.5e-7. The arithmetic is that
 * of {@link org.frameline.fft.Log1p32}, in one loop. Not thread-safe.
 */
final class LogOfRoots32 implements RowChange32 {
  private static final VectorSpecies<Float> WIDTH = Width32.SPECIES;
  private static final int SQRT_HALF_BITS = 0x3f3504f3;
  private static final int MANTISSA_BITS = 23;

  /** 1.5*2^23 and its bits: a small number added to the bits is the same number added to it. */
  private static final float BIAS = 12582912f;

  private static final int BIAS_BITS = 0x4b400000;

  /** ln 2 in two parts, the first with so few bits that its product with an exponent is exact. */
  private static final float LN2_HIGH = 0.6933594f;

  private static final float LN2_LOW = -2.1219444e-4f;

  /** Whole vectors, of which the last numbers stay zero. */
  private final float[] numbers;

  private final int length;

  /** For rows of so many numbers. */
  LogOfRoots32(int length) {
    this.length = length;
    numbers = new float[length + Width32.LANES];
  }

  @Override
  public void apply(float[] row) {
    System.arraycopy(row, 0, numbers, 0, length);
    apply(numbers, length);
    System.arraycopy(numbers, 0, row, 0, length);
  }

  private static void apply(float[] numbers, int n) {
    for (int i = 0; i < n; i += Width32.LANES) {
      FloatVector x = FloatVector.fromArray(WIDTH, numbers, i).lanewise(VectorOperators.SQRT);
      FloatVector sum = x.add(1);
      FloatVector lost = x.sub(sum.sub(1)).div(sum);
      IntVector bits = sum.reinterpretAsInts();
      // Not negative, since the sum is 1 at least.
      IntVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.LSHR, MANTISSA_BITS);
      FloatVector e = exponent.add(BIAS_BITS).reinterpretAsFloats().sub(BIAS);
      FloatVector f =
          bits.sub(exponent.lanewise(VectorOperators.LSHL, MANTISSA_BITS))
              .reinterpretAsFloats()
              .sub(1);
      FloatVector p = f.mul(0.070376836f).add(-0.1151461f);
      p = p.mul(f).add(0.116769984f);
      p = p.mul(f).add(-0.12420141f);
      p = p.mul(f).add(0.14249323f);
      p = p.mul(f).add(-0.16668057f);
      p = p.mul(f).add(0.20000714f);
      p = p.mul(f).add(-0.24999994f);
      p = p.mul(f).add(0.3333333f);
      FloatVector small = p.mul(f).add(-0.5f).mul(f).mul(f).add(e.mul(LN2_LOW)).add(lost);
      small.add(f).add(e.mul(LN2_HIGH)).intoArray(numbers, i);
    }
  }
}
