package org.frameline.fft.engine.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.frameline.fft.engine.plain.Factor64;
import org.frameline.fft.engine.plain.Lines64;

/** Radix 3. Immutable. */
final class Three64 extends Factor64 {
  private static final VectorSpecies<Double> WIDTH = Width64.SPECIES;
  private static final double SIN_THIRD = Math.sqrt(0.75);

  private final double[] roots;

  Three64(double[] roots) {
    this.roots = roots;
  }

  @Override
  protected void transform(Lines64 lines, int first, int distance, int angle) {
    double[] ar = lines.re(first);
    double[] ai = lines.im(first);
    double[] br = lines.re(first + distance);
    double[] bi = lines.im(first + distance);
    double[] cr = lines.re(first + 2 * distance);
    double[] ci = lines.im(first + 2 * distance);
    if (angle == 0) {
      straight(ar, ai, br, bi, cr, ci, lines.lanes());
    } else {
      turned(ar, ai, br, bi, cr, ci, roots, 3 * angle, lines.lanes());
    }
  }

  private static void straight(
      double[] ar, double[] ai, double[] br, double[] bi, double[] cr, double[] ci, int n) {
    DoubleVector sine = DoubleVector.broadcast(WIDTH, SIN_THIRD);
    DoubleVector minusHalf = DoubleVector.broadcast(WIDTH, -0.5);
    for (int i = 0; i < n; i += Width64.LANES) {
      DoubleVector aR = DoubleVector.fromArray(WIDTH, ar, i);
      DoubleVector aI = DoubleVector.fromArray(WIDTH, ai, i);
      DoubleVector bR = DoubleVector.fromArray(WIDTH, br, i);
      DoubleVector bI = DoubleVector.fromArray(WIDTH, bi, i);
      DoubleVector cR = DoubleVector.fromArray(WIDTH, cr, i);
      DoubleVector cI = DoubleVector.fromArray(WIDTH, ci, i);
      DoubleVector sumR = bR.add(cR);
      DoubleVector sumI = bI.add(cI);
      DoubleVector meanR = sumR.fma(minusHalf, aR);
      DoubleVector meanI = sumI.fma(minusHalf, aI);
      DoubleVector sideR = bI.sub(cI).mul(sine);
      DoubleVector sideI = cR.sub(bR).mul(sine);
      aR.add(sumR).intoArray(ar, i);
      aI.add(sumI).intoArray(ai, i);
      meanR.add(sideR).intoArray(br, i);
      meanI.add(sideI).intoArray(bi, i);
      meanR.sub(sideR).intoArray(cr, i);
      meanI.sub(sideI).intoArray(ci, i);
    }
  }

  private static void turned(
      double[] ar,
      double[] ai,
      double[] br,
      double[] bi,
      double[] cr,
      double[] ci,
      double[] turns,
      int w,
      int n) {
    DoubleVector factor1 = DoubleVector.broadcast(WIDTH, turns[w]);
    DoubleVector minusSum1 = DoubleVector.broadcast(WIDTH, -turns[w + 1]);
    DoubleVector difference1 = DoubleVector.broadcast(WIDTH, turns[w + 2]);
    DoubleVector factor2 = DoubleVector.broadcast(WIDTH, turns[2 * w]);
    DoubleVector minusSum2 = DoubleVector.broadcast(WIDTH, -turns[2 * w + 1]);
    DoubleVector difference2 = DoubleVector.broadcast(WIDTH, turns[2 * w + 2]);
    DoubleVector sine = DoubleVector.broadcast(WIDTH, SIN_THIRD);
    DoubleVector minusHalf = DoubleVector.broadcast(WIDTH, -0.5);
    for (int i = 0; i < n; i += Width64.LANES) {
      DoubleVector aR = DoubleVector.fromArray(WIDTH, ar, i);
      DoubleVector aI = DoubleVector.fromArray(WIDTH, ai, i);
      DoubleVector bR = DoubleVector.fromArray(WIDTH, br, i);
      DoubleVector bI = DoubleVector.fromArray(WIDTH, bi, i);
      DoubleVector cR = DoubleVector.fromArray(WIDTH, cr, i);
      DoubleVector cI = DoubleVector.fromArray(WIDTH, ci, i);
      DoubleVector sumR = bR.add(cR);
      DoubleVector sumI = bI.add(cI);
      DoubleVector meanR = sumR.fma(minusHalf, aR);
      DoubleVector meanI = sumI.fma(minusHalf, aI);
      DoubleVector sideR = bI.sub(cI).mul(sine);
      DoubleVector sideI = cR.sub(bR).mul(sine);
      aR.add(sumR).intoArray(ar, i);
      aI.add(sumI).intoArray(ai, i);
      DoubleVector p1 = meanR.add(sideR);
      DoubleVector q1 = meanI.add(sideI);
      DoubleVector k1 = p1.add(q1).mul(factor1);
      q1.fma(minusSum1, k1).intoArray(br, i);
      p1.fma(difference1, k1).intoArray(bi, i);
      DoubleVector p2 = meanR.sub(sideR);
      DoubleVector q2 = meanI.sub(sideI);
      DoubleVector k2 = p2.add(q2).mul(factor2);
      q2.fma(minusSum2, k2).intoArray(cr, i);
      p2.fma(difference2, k2).intoArray(ci, i);
    }
  }
}
