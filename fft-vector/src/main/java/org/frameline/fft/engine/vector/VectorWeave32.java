package org.frameline.fft.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.frameline.fft.engine.plain.Weave32;

/** Puts real and imaginary parts in turns, a vector of each at a time. Stateless. */
final class VectorWeave32 implements Weave32 {
  private static final VectorSpecies<Float> WIDTH = Width32.SPECIES;
  private static final int LANES = Width32.LANES;

  /** Each number of the lower half twice. */
  private static final VectorShuffle<Float> LOWER = VectorShuffle.fromOp(WIDTH, i -> i / 2);

  private static final VectorShuffle<Float> UPPER =
      VectorShuffle.fromOp(WIDTH, i -> LANES / 2 + i / 2);

  private static final VectorMask<Float> ODD =
      VectorMask.fromLong(WIDTH, 0xaaaaaaaaaaaaaaaaL >>> (Long.SIZE - LANES));

  @Override
  public void weave(float[] re, float[] im, float[] reIm, int at, int count) {
    int whole = WIDTH.loopBound(count);
    vectors(re, im, reIm, at, whole);
    for (int i = whole, to = at + 2 * whole; i < count; i++, to += 2) {
      reIm[to] = re[i];
      reIm[to + 1] = im[i];
    }
  }

  private static void vectors(float[] re, float[] im, float[] reIm, int at, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector real = FloatVector.fromArray(WIDTH, re, i);
      FloatVector imaginary = FloatVector.fromArray(WIDTH, im, i);
      real.rearrange(LOWER).blend(imaginary.rearrange(LOWER), ODD).intoArray(reIm, at + 2 * i);
      real.rearrange(UPPER)
          .blend(imaginary.rearrange(UPPER), ODD)
          .intoArray(reIm, at + 2 * i + LANES);
    }
  }
}
