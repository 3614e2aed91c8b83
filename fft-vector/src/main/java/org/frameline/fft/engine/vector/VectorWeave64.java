package org.frameline.fft.engine.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.frameline.fft.engine.plain.Weave64;

/** Puts real and imaginary parts in turns, a vector of each at a time. Stateless. */
final class VectorWeave64 implements Weave64 {
  private static final VectorSpecies<Double> WIDTH = Width64.SPECIES;
  private static final int LANES = Width64.LANES;

  /** Each number of the lower half twice. */
  private static final VectorShuffle<Double> LOWER = VectorShuffle.fromOp(WIDTH, i -> i / 2);

  private static final VectorShuffle<Double> UPPER =
      VectorShuffle.fromOp(WIDTH, i -> LANES / 2 + i / 2);

  private static final VectorMask<Double> ODD =
      VectorMask.fromLong(WIDTH, 0xaaaaaaaaaaaaaaaaL >>> (Long.SIZE - LANES));

  @Override
  public void weave(double[] re, double[] im, double[] reIm, int at, int count) {
    int whole = WIDTH.loopBound(count);
    vectors(re, im, reIm, at, whole);
    for (int i = whole, to = at + 2 * whole; i < count; i++, to += 2) {
      reIm[to] = re[i];
      reIm[to + 1] = im[i];
    }
  }

  private static void vectors(double[] re, double[] im, double[] reIm, int at, int count) {
    for (int i = 0; i < count; i += LANES) {
      DoubleVector real = DoubleVector.fromArray(WIDTH, re, i);
      DoubleVector imaginary = DoubleVector.fromArray(WIDTH, im, i);
      real.rearrange(LOWER).blend(imaginary.rearrange(LOWER), ODD).intoArray(reIm, at + 2 * i);
      real.rearrange(UPPER)
          .blend(imaginary.rearrange(UPPER), ODD)
          .intoArray(reIm, at + 2 * i + LANES);
    }
  }
}
