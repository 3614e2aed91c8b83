package org.frameline.fft.engine.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.frameline.fft.engine.plain.Factor64;
import org.frameline.fft.engine.plain.Lines64;

/** Radix 2. Immutable. */
final class Two64 extends Factor64 {
  private static final VectorSpecies<Double> WIDTH = Width64.SPECIES;

  private final double[] roots;

  Two64(double[] roots) {
    this.roots = roots;
  }

  @Override
  protected void transform(Lines64 lines, int first, int distance, int angle) {
    double[] ar = lines.re(first);
    double[] ai = lines.im(first);
    double[] br = lines.re(first + distance);
    double[] bi = lines.im(first + distance);
    if (angle == 0) {
      straight(ar, ai, br, bi, lines.lanes());
    } else {
      turned(ar, ai, br, bi, roots, 3 * angle, lines.lanes());
    }
  }

  private static void straight(double[] ar, double[] ai, double[] br, double[] bi, int n) {
    for (int i = 0; i < n; i += Width64.LANES) {
      DoubleVector a = DoubleVector.fromArray(WIDTH, ar, i);
      DoubleVector b = DoubleVector.fromArray(WIDTH, ai, i);
      DoubleVector c = DoubleVector.fromArray(WIDTH, br, i);
      DoubleVector d = DoubleVector.fromArray(WIDTH, bi, i);
      a.add(c).intoArray(ar, i);
      b.add(d).intoArray(ai, i);
      a.sub(c).intoArray(br, i);
      b.sub(d).intoArray(bi, i);
    }
  }

  private static void turned(
      double[] ar, double[] ai, double[] br, double[] bi, double[] turns, int w, int n) {
    DoubleVector factor = DoubleVector.broadcast(WIDTH, turns[w]);
    DoubleVector minusSum = DoubleVector.broadcast(WIDTH, -turns[w + 1]);
    DoubleVector difference = DoubleVector.broadcast(WIDTH, turns[w + 2]);
    for (int i = 0; i < n; i += Width64.LANES) {
      DoubleVector a = DoubleVector.fromArray(WIDTH, ar, i);
      DoubleVector b = DoubleVector.fromArray(WIDTH, ai, i);
      DoubleVector c = DoubleVector.fromArray(WIDTH, br, i);
      DoubleVector d = DoubleVector.fromArray(WIDTH, bi, i);
      a.add(c).intoArray(ar, i);
      b.add(d).intoArray(ai, i);
      DoubleVector p = a.sub(c);
      DoubleVector q = b.sub(d);
      DoubleVector k = p.add(q).mul(factor);
      q.fma(minusSum, k).intoArray(br, i);
      p.fma(difference, k).intoArray(bi, i);
    }
  }
}
