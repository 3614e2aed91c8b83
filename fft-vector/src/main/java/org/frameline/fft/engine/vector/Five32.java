package org.frameline.fft.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.frameline.fft.engine.plain.Factor32;
import org.frameline.fft.engine.plain.Lines32;

/** Radix 5, by the sums of the one in plain Java. Immutable. */
final class Five32 extends Factor32 {
  private static final VectorSpecies<Float> WIDTH = Width32.SPECIES;
  private static final float SIN_FIFTH = (float) Math.sin(2 * Math.PI / 5);
  private static final float SIN_TWO_FIFTHS = (float) Math.sin(4 * Math.PI / 5);
  private static final float COSINES = (float) (Math.sqrt(5) / 4);

  private final float[] roots;

  Five32(float[] roots) {
    this.roots = roots;
  }

  @Override
  protected void transform(Lines32 lines, int first, int distance, int angle) {
    float[] ar = lines.re(first);
    float[] ai = lines.im(first);
    float[] br = lines.re(first + distance);
    float[] bi = lines.im(first + distance);
    float[] cr = lines.re(first + 2 * distance);
    float[] ci = lines.im(first + 2 * distance);
    float[] dr = lines.re(first + 3 * distance);
    float[] di = lines.im(first + 3 * distance);
    float[] er = lines.re(first + 4 * distance);
    float[] ei = lines.im(first + 4 * distance);
    if (angle == 0) {
      straight(ar, ai, br, bi, cr, ci, dr, di, er, ei, lines.lanes());
    } else {
      turned(ar, ai, br, bi, cr, ci, dr, di, er, ei, roots, 3 * angle, lines.lanes());
    }
  }

  private static void straight(
      float[] ar,
      float[] ai,
      float[] br,
      float[] bi,
      float[] cr,
      float[] ci,
      float[] dr,
      float[] di,
      float[] er,
      float[] ei,
      int n) {
    FloatVector minusQuarter = FloatVector.broadcast(WIDTH, -0.25f);
    FloatVector cosines = FloatVector.broadcast(WIDTH, COSINES);
    FloatVector sine1 = FloatVector.broadcast(WIDTH, SIN_FIFTH);
    FloatVector sine2 = FloatVector.broadcast(WIDTH, SIN_TWO_FIFTHS);
    FloatVector minusSine1 = FloatVector.broadcast(WIDTH, -SIN_FIFTH);
    for (int i = 0; i < n; i += Width32.LANES) {
      FloatVector aR = FloatVector.fromArray(WIDTH, ar, i);
      FloatVector aI = FloatVector.fromArray(WIDTH, ai, i);
      FloatVector bR = FloatVector.fromArray(WIDTH, br, i);
      FloatVector bI = FloatVector.fromArray(WIDTH, bi, i);
      FloatVector cR = FloatVector.fromArray(WIDTH, cr, i);
      FloatVector cI = FloatVector.fromArray(WIDTH, ci, i);
      FloatVector dR = FloatVector.fromArray(WIDTH, dr, i);
      FloatVector dI = FloatVector.fromArray(WIDTH, di, i);
      FloatVector eR = FloatVector.fromArray(WIDTH, er, i);
      FloatVector eI = FloatVector.fromArray(WIDTH, ei, i);
      FloatVector outerR = bR.add(eR);
      FloatVector outerI = bI.add(eI);
      FloatVector innerR = cR.add(dR);
      FloatVector innerI = cI.add(dI);
      FloatVector sumR = outerR.add(innerR);
      FloatVector sumI = outerI.add(innerI);
      FloatVector meanR = sumR.fma(minusQuarter, aR);
      FloatVector meanI = sumI.fma(minusQuarter, aI);
      FloatVector spreadR = outerR.sub(innerR).mul(cosines);
      FloatVector spreadI = outerI.sub(innerI).mul(cosines);
      FloatVector firstR = meanR.add(spreadR);
      FloatVector firstI = meanI.add(spreadI);
      FloatVector secondR = meanR.sub(spreadR);
      FloatVector secondI = meanI.sub(spreadI);
      FloatVector farR = bI.sub(eI);
      FloatVector farI = eR.sub(bR);
      FloatVector nearR = cI.sub(dI);
      FloatVector nearI = dR.sub(cR);
      FloatVector side1R = farR.fma(sine1, nearR.mul(sine2));
      FloatVector side1I = farI.fma(sine1, nearI.mul(sine2));
      FloatVector side2R = nearR.fma(minusSine1, farR.mul(sine2));
      FloatVector side2I = nearI.fma(minusSine1, farI.mul(sine2));
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
      float[] ar,
      float[] ai,
      float[] br,
      float[] bi,
      float[] cr,
      float[] ci,
      float[] dr,
      float[] di,
      float[] er,
      float[] ei,
      float[] turns,
      int w,
      int n) {
    FloatVector factor1 = FloatVector.broadcast(WIDTH, turns[w]);
    FloatVector minusSum1 = FloatVector.broadcast(WIDTH, -turns[w + 1]);
    FloatVector difference1 = FloatVector.broadcast(WIDTH, turns[w + 2]);
    FloatVector factor2 = FloatVector.broadcast(WIDTH, turns[2 * w]);
    FloatVector minusSum2 = FloatVector.broadcast(WIDTH, -turns[2 * w + 1]);
    FloatVector difference2 = FloatVector.broadcast(WIDTH, turns[2 * w + 2]);
    FloatVector factor3 = FloatVector.broadcast(WIDTH, turns[3 * w]);
    FloatVector minusSum3 = FloatVector.broadcast(WIDTH, -turns[3 * w + 1]);
    FloatVector difference3 = FloatVector.broadcast(WIDTH, turns[3 * w + 2]);
    FloatVector factor4 = FloatVector.broadcast(WIDTH, turns[4 * w]);
    FloatVector minusSum4 = FloatVector.broadcast(WIDTH, -turns[4 * w + 1]);
    FloatVector difference4 = FloatVector.broadcast(WIDTH, turns[4 * w + 2]);
    FloatVector minusQuarter = FloatVector.broadcast(WIDTH, -0.25f);
    FloatVector cosines = FloatVector.broadcast(WIDTH, COSINES);
    FloatVector sine1 = FloatVector.broadcast(WIDTH, SIN_FIFTH);
    FloatVector sine2 = FloatVector.broadcast(WIDTH, SIN_TWO_FIFTHS);
    FloatVector minusSine1 = FloatVector.broadcast(WIDTH, -SIN_FIFTH);
    for (int i = 0; i < n; i += Width32.LANES) {
      FloatVector aR = FloatVector.fromArray(WIDTH, ar, i);
      FloatVector aI = FloatVector.fromArray(WIDTH, ai, i);
      FloatVector bR = FloatVector.fromArray(WIDTH, br, i);
      FloatVector bI = FloatVector.fromArray(WIDTH, bi, i);
      FloatVector cR = FloatVector.fromArray(WIDTH, cr, i);
      FloatVector cI = FloatVector.fromArray(WIDTH, ci, i);
      FloatVector dR = FloatVector.fromArray(WIDTH, dr, i);
      FloatVector dI = FloatVector.fromArray(WIDTH, di, i);
      FloatVector eR = FloatVector.fromArray(WIDTH, er, i);
      FloatVector eI = FloatVector.fromArray(WIDTH, ei, i);
      FloatVector outerR = bR.add(eR);
      FloatVector outerI = bI.add(eI);
      FloatVector innerR = cR.add(dR);
      FloatVector innerI = cI.add(dI);
      FloatVector sumR = outerR.add(innerR);
      FloatVector sumI = outerI.add(innerI);
      FloatVector meanR = sumR.fma(minusQuarter, aR);
      FloatVector meanI = sumI.fma(minusQuarter, aI);
      FloatVector spreadR = outerR.sub(innerR).mul(cosines);
      FloatVector spreadI = outerI.sub(innerI).mul(cosines);
      FloatVector firstR = meanR.add(spreadR);
      FloatVector firstI = meanI.add(spreadI);
      FloatVector secondR = meanR.sub(spreadR);
      FloatVector secondI = meanI.sub(spreadI);
      FloatVector farR = bI.sub(eI);
      FloatVector farI = eR.sub(bR);
      FloatVector nearR = cI.sub(dI);
      FloatVector nearI = dR.sub(cR);
      FloatVector side1R = farR.fma(sine1, nearR.mul(sine2));
      FloatVector side1I = farI.fma(sine1, nearI.mul(sine2));
      FloatVector side2R = nearR.fma(minusSine1, farR.mul(sine2));
      FloatVector side2I = nearI.fma(minusSine1, farI.mul(sine2));
      aR.add(sumR).intoArray(ar, i);
      aI.add(sumI).intoArray(ai, i);
      FloatVector p1 = firstR.add(side1R);
      FloatVector q1 = firstI.add(side1I);
      FloatVector k1 = p1.add(q1).mul(factor1);
      q1.fma(minusSum1, k1).intoArray(br, i);
      p1.fma(difference1, k1).intoArray(bi, i);
      FloatVector p2 = secondR.add(side2R);
      FloatVector q2 = secondI.add(side2I);
      FloatVector k2 = p2.add(q2).mul(factor2);
      q2.fma(minusSum2, k2).intoArray(cr, i);
      p2.fma(difference2, k2).intoArray(ci, i);
      FloatVector p3 = secondR.sub(side2R);
      FloatVector q3 = secondI.sub(side2I);
      FloatVector k3 = p3.add(q3).mul(factor3);
      q3.fma(minusSum3, k3).intoArray(dr, i);
      p3.fma(difference3, k3).intoArray(di, i);
      FloatVector p4 = firstR.sub(side1R);
      FloatVector q4 = firstI.sub(side1I);
      FloatVector k4 = p4.add(q4).mul(factor4);
      q4.fma(minusSum4, k4).intoArray(er, i);
      p4.fma(difference4, k4).intoArray(ei, i);
    }
  }
}
