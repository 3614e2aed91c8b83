package org.frameline.fft.engine.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.frameline.fft.engine.plain.Factor64;
import org.frameline.fft.engine.plain.Lines64;

/** Radix 4; its results 1 and 2 change places, as its base class wants it. Immutable. */
final class Four64 extends Factor64 {
  private static final VectorSpecies<Double> WIDTH = Width64.SPECIES;

  private final double[] roots;

  Four64(double[] roots) {
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
    double[] dr = lines.re(first + 3 * distance);
    double[] di = lines.im(first + 3 * distance);
    if (angle == 0) {
      straight(ar, ai, br, bi, cr, ci, dr, di, lines.lanes());
    } else {
      turned(ar, ai, br, bi, cr, ci, dr, di, roots, 3 * angle, lines.lanes());
    }
  }

  private static void straight(
      double[] ar,
      double[] ai,
      double[] br,
      double[] bi,
      double[] cr,
      double[] ci,
      double[] dr,
      double[] di,
      int n) {
    for (int i = 0; i < n; i += Width64.LANES) {
      DoubleVector aR = DoubleVector.fromArray(WIDTH, ar, i);
      DoubleVector aI = DoubleVector.fromArray(WIDTH, ai, i);
      DoubleVector bR = DoubleVector.fromArray(WIDTH, br, i);
      DoubleVector bI = DoubleVector.fromArray(WIDTH, bi, i);
      DoubleVector cR = DoubleVector.fromArray(WIDTH, cr, i);
      DoubleVector cI = DoubleVector.fromArray(WIDTH, ci, i);
      DoubleVector dR = DoubleVector.fromArray(WIDTH, dr, i);
      DoubleVector dI = DoubleVector.fromArray(WIDTH, di, i);
      DoubleVector evenR = aR.add(cR);
      DoubleVector evenI = aI.add(cI);
      DoubleVector sumR = bR.add(dR);
      DoubleVector sumI = bI.add(dI);
      DoubleVector oddR = aR.sub(cR);
      DoubleVector oddI = aI.sub(cI);
      DoubleVector sideR = bI.sub(dI);
      DoubleVector sideI = dR.sub(bR);
      evenR.add(sumR).intoArray(ar, i);
      evenI.add(sumI).intoArray(ai, i);
      evenR.sub(sumR).intoArray(br, i);
      evenI.sub(sumI).intoArray(bi, i);
      oddR.add(sideR).intoArray(cr, i);
      oddI.add(sideI).intoArray(ci, i);
      oddR.sub(sideR).intoArray(dr, i);
      oddI.sub(sideI).intoArray(di, i);
    }
  }

  private static void turned(
      double[] ar,
      double[] ai,
      double[] br,
      double[] bi,
      double[] cr,
      double[] ci,
      double[] dr,
      double[] di,
      double[] turns,
      int w,
      int n) {
    DoubleVector factor1 = DoubleVector.broadcast(WIDTH, turns[w]);
    DoubleVector minusSum1 = DoubleVector.broadcast(WIDTH, -turns[w + 1]);
    DoubleVector difference1 = DoubleVector.broadcast(WIDTH, turns[w + 2]);
    DoubleVector factor2 = DoubleVector.broadcast(WIDTH, turns[2 * w]);
    DoubleVector minusSum2 = DoubleVector.broadcast(WIDTH, -turns[2 * w + 1]);
    DoubleVector difference2 = DoubleVector.broadcast(WIDTH, turns[2 * w + 2]);
    DoubleVector factor3 = DoubleVector.broadcast(WIDTH, turns[3 * w]);
    DoubleVector minusSum3 = DoubleVector.broadcast(WIDTH, -turns[3 * w + 1]);
    DoubleVector difference3 = DoubleVector.broadcast(WIDTH, turns[3 * w + 2]);
    for (int i = 0; i < n; i += Width64.LANES) {
      DoubleVector aR = DoubleVector.fromArray(WIDTH, ar, i);
      DoubleVector aI = DoubleVector.fromArray(WIDTH, ai, i);
      DoubleVector bR = DoubleVector.fromArray(WIDTH, br, i);
      DoubleVector bI = DoubleVector.fromArray(WIDTH, bi, i);
      DoubleVector cR = DoubleVector.fromArray(WIDTH, cr, i);
      DoubleVector cI = DoubleVector.fromArray(WIDTH, ci, i);
      DoubleVector dR = DoubleVector.fromArray(WIDTH, dr, i);
      DoubleVector dI = DoubleVector.fromArray(WIDTH, di, i);
      DoubleVector evenR = aR.add(cR);
      DoubleVector evenI = aI.add(cI);
      DoubleVector sumR = bR.add(dR);
      DoubleVector sumI = bI.add(dI);
      DoubleVector oddR = aR.sub(cR);
      DoubleVector oddI = aI.sub(cI);
      DoubleVector sideR = bI.sub(dI);
      DoubleVector sideI = dR.sub(bR);
      evenR.add(sumR).intoArray(ar, i);
      evenI.add(sumI).intoArray(ai, i);
      DoubleVector p2 = evenR.sub(sumR);
      DoubleVector q2 = evenI.sub(sumI);
      DoubleVector k2 = p2.add(q2).mul(factor2);
      q2.fma(minusSum2, k2).intoArray(br, i);
      p2.fma(difference2, k2).intoArray(bi, i);
      DoubleVector p1 = oddR.add(sideR);
      DoubleVector q1 = oddI.add(sideI);
      DoubleVector k1 = p1.add(q1).mul(factor1);
      q1.fma(minusSum1, k1).intoArray(cr, i);
      p1.fma(difference1, k1).intoArray(ci, i);
      DoubleVector p3 = oddR.sub(sideR);
      DoubleVector q3 = oddI.sub(sideI);
      DoubleVector k3 = p3.add(q3).mul(factor3);
      q3.fma(minusSum3, k3).intoArray(dr, i);
      p3.fma(difference3, k3).intoArray(di, i);
    }
  }
}
