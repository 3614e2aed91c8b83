package org.frameline.fft.engine.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.frameline.fft.engine.plain.Factor64;
import org.frameline.fft.engine.plain.Lines64;

/** Radix 5, by the sums of the one in plain Java. Immutable. */
final class Five64 extends Factor64 {
  private static final VectorSpecies<Double> WIDTH = Width64.SPECIES;
  private static final double SIN_FIFTH = Math.sin(2 * Math.PI / 5);
  private static final double SIN_TWO_FIFTHS = Math.sin(4 * Math.PI / 5);
  private static final double COSINES = (Math.sqrt(5) / 4);

  private final double[] roots;

  Five64(double[] roots) {
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
    double[] er = lines.re(first + 4 * distance);
    double[] ei = lines.im(first + 4 * distance);
    if (angle == 0) {
      straight(ar, ai, br, bi, cr, ci, dr, di, er, ei, lines.lanes());
    } else {
      turned(ar, ai, br, bi, cr, ci, dr, di, er, ei, roots, 3 * angle, lines.lanes());
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
      double[] er,
      double[] ei,
      int n) {
    DoubleVector minusQuarter = DoubleVector.broadcast(WIDTH, -0.25f);
    DoubleVector cosines = DoubleVector.broadcast(WIDTH, COSINES);
    DoubleVector sine1 = DoubleVector.broadcast(WIDTH, SIN_FIFTH);
    DoubleVector sine2 = DoubleVector.broadcast(WIDTH, SIN_TWO_FIFTHS);
    DoubleVector minusSine1 = DoubleVector.broadcast(WIDTH, -SIN_FIFTH);
    for (int i = 0; i < n; i += Width64.LANES) {
      DoubleVector aR = DoubleVector.fromArray(WIDTH, ar, i);
      DoubleVector aI = DoubleVector.fromArray(WIDTH, ai, i);
      DoubleVector bR = DoubleVector.fromArray(WIDTH, br, i);
      DoubleVector bI = DoubleVector.fromArray(WIDTH, bi, i);
      DoubleVector cR = DoubleVector.fromArray(WIDTH, cr, i);
      DoubleVector cI = DoubleVector.fromArray(WIDTH, ci, i);
      DoubleVector dR = DoubleVector.fromArray(WIDTH, dr, i);
      DoubleVector dI = DoubleVector.fromArray(WIDTH, di, i);
      DoubleVector eR = DoubleVector.fromArray(WIDTH, er, i);
      DoubleVector eI = DoubleVector.fromArray(WIDTH, ei, i);
      DoubleVector outerR = bR.add(eR);
      DoubleVector outerI = bI.add(eI);
      DoubleVector innerR = cR.add(dR);
      DoubleVector innerI = cI.add(dI);
      DoubleVector sumR = outerR.add(innerR);
      DoubleVector sumI = outerI.add(innerI);
      DoubleVector meanR = sumR.fma(minusQuarter, aR);
      DoubleVector meanI = sumI.fma(minusQuarter, aI);
      DoubleVector spreadR = outerR.sub(innerR).mul(cosines);
      DoubleVector spreadI = outerI.sub(innerI).mul(cosines);
      DoubleVector firstR = meanR.add(spreadR);
      DoubleVector firstI = meanI.add(spreadI);
      DoubleVector secondR = meanR.sub(spreadR);
      DoubleVector secondI = meanI.sub(spreadI);
      DoubleVector farR = bI.sub(eI);
      DoubleVector farI = eR.sub(bR);
      DoubleVector nearR = cI.sub(dI);
      DoubleVector nearI = dR.sub(cR);
      DoubleVector side1R = farR.fma(sine1, nearR.mul(sine2));
      DoubleVector side1I = farI.fma(sine1, nearI.mul(sine2));
      DoubleVector side2R = nearR.fma(minusSine1, farR.mul(sine2));
      DoubleVector side2I = nearI.fma(minusSine1, farI.mul(sine2));
      aR.add(sumR).intoArray(ar, i);
      aI.add(sumI).intoArray(ai, i);
      firstR.add(side1R).intoArray(br, i);
      firstI.add(side1I).intoArray(bi, i);
      secondR.add(side2R).intoArray(cr, i);
      secondI.add(side2I).intoArray(ci, i);
      secondR.sub(side2R).intoArray(dr, i);
      secondI.sub(side2I).intoArray(di, i);
      firstR.sub(side1R).intoArray(er, i);
      firstI.sub(side1I).intoArray(ei, i);
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
      double[] er,
      double[] ei,
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
    DoubleVector factor4 = DoubleVector.broadcast(WIDTH, turns[4 * w]);
    DoubleVector minusSum4 = DoubleVector.broadcast(WIDTH, -turns[4 * w + 1]);
    DoubleVector difference4 = DoubleVector.broadcast(WIDTH, turns[4 * w + 2]);
    DoubleVector minusQuarter = DoubleVector.broadcast(WIDTH, -0.25f);
    DoubleVector cosines = DoubleVector.broadcast(WIDTH, COSINES);
    DoubleVector sine1 = DoubleVector.broadcast(WIDTH, SIN_FIFTH);
    DoubleVector sine2 = DoubleVector.broadcast(WIDTH, SIN_TWO_FIFTHS);
    DoubleVector minusSine1 = DoubleVector.broadcast(WIDTH, -SIN_FIFTH);
    for (int i = 0; i < n; i += Width64.LANES) {
      DoubleVector aR = DoubleVector.fromArray(WIDTH, ar, i);
      DoubleVector aI = DoubleVector.fromArray(WIDTH, ai, i);
      DoubleVector bR = DoubleVector.fromArray(WIDTH, br, i);
      DoubleVector bI = DoubleVector.fromArray(WIDTH, bi, i);
      DoubleVector cR = DoubleVector.fromArray(WIDTH, cr, i);
      DoubleVector cI = DoubleVector.fromArray(WIDTH, ci, i);
      DoubleVector dR = DoubleVector.fromArray(WIDTH, dr, i);
      DoubleVector dI = DoubleVector.fromArray(WIDTH, di, i);
      DoubleVector eR = DoubleVector.fromArray(WIDTH, er, i);
      DoubleVector eI = DoubleVector.fromArray(WIDTH, ei, i);
      DoubleVector outerR = bR.add(eR);
      DoubleVector outerI = bI.add(eI);
      DoubleVector innerR = cR.add(dR);
      DoubleVector innerI = cI.add(dI);
      DoubleVector sumR = outerR.add(innerR);
      DoubleVector sumI = outerI.add(innerI);
      DoubleVector meanR = sumR.fma(minusQuarter, aR);
      DoubleVector meanI = sumI.fma(minusQuarter, aI);
      DoubleVector spreadR = outerR.sub(innerR).mul(cosines);
      DoubleVector spreadI = outerI.sub(innerI).mul(cosines);
      DoubleVector firstR = meanR.add(spreadR);
      DoubleVector firstI = meanI.add(spreadI);
      DoubleVector secondR = meanR.sub(spreadR);
      DoubleVector secondI = meanI.sub(spreadI);
      DoubleVector farR = bI.sub(eI);
      DoubleVector farI = eR.sub(bR);
      DoubleVector nearR = cI.sub(dI);
      DoubleVector nearI = dR.sub(cR);
      DoubleVector side1R = farR.fma(sine1, nearR.mul(sine2));
      DoubleVector side1I = farI.fma(sine1, nearI.mul(sine2));
      DoubleVector side2R = nearR.fma(minusSine1, farR.mul(sine2));
      DoubleVector side2I = nearI.fma(minusSine1, farI.mul(sine2));
      aR.add(sumR).intoArray(ar, i);
      aI.add(sumI).intoArray(ai, i);
      DoubleVector p1 = firstR.add(side1R);
      DoubleVector q1 = firstI.add(side1I);
      DoubleVector k1 = p1.add(q1).mul(factor1);
      q1.fma(minusSum1, k1).intoArray(br, i);
      p1.fma(difference1, k1).intoArray(bi, i);
      DoubleVector p2 = secondR.add(side2R);
      DoubleVector q2 = secondI.add(side2I);
      DoubleVector k2 = p2.add(q2).mul(factor2);
      q2.fma(minusSum2, k2).intoArray(cr, i);
      p2.fma(difference2, k2).intoArray(ci, i);
      DoubleVector p3 = secondR.sub(side2R);
      DoubleVector q3 = secondI.sub(side2I);
      DoubleVector k3 = p3.add(q3).mul(factor3);
      q3.fma(minusSum3, k3).intoArray(dr, i);
      p3.fma(difference3, k3).intoArray(di, i);
      DoubleVector p4 = firstR.sub(side1R);
      DoubleVector q4 = firstI.sub(side1I);
      DoubleVector k4 = p4.add(q4).mul(factor4);
      q4.fma(minusSum4, k4).intoArray(er, i);
      p4.fma(difference4, k4).intoArray(ei, i);
    }
  }
}
