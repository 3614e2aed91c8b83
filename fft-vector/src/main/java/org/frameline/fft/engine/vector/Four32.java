package org.frameline.fft.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.frameline.fft.engine.plain.Factor32;
import org.frameline.fft.engine.plain.Lines32;

/** Radix 4; its results 1 and 2 change places, as its base class wants it. Immutable. */
final class Four32 extends Factor32 {
  private static final VectorSpecies<Float> WIDTH = Width32.SPECIES;

  private final float[] roots;

  Four32(float[] roots) {
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
    if (angle == 0) {
      straight(ar, ai, br, bi, cr, ci, dr, di, lines.lanes());
    } else {
      turned(ar, ai, br, bi, cr, ci, dr, di, roots, 3 * angle, lines.lanes());
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
      int n) {
    for (int i = 0; i < n; i += Width32.LANES) {
      FloatVector aR = FloatVector.fromArray(WIDTH, ar, i);
      FloatVector aI = FloatVector.fromArray(WIDTH, ai, i);
      FloatVector bR = FloatVector.fromArray(WIDTH, br, i);
      FloatVector bI = FloatVector.fromArray(WIDTH, bi, i);
      FloatVector cR = FloatVector.fromArray(WIDTH, cr, i);
      FloatVector cI = FloatVector.fromArray(WIDTH, ci, i);
      FloatVector dR = FloatVector.fromArray(WIDTH, dr, i);
      FloatVector dI = FloatVector.fromArray(WIDTH, di, i);
      FloatVector evenR = aR.add(cR);
      FloatVector evenI = aI.add(cI);
      FloatVector sumR = bR.add(dR);
      FloatVector sumI = bI.add(dI);
      FloatVector oddR = aR.sub(cR);
      FloatVector oddI = aI.sub(cI);
      FloatVector sideR = bI.sub(dI);
      FloatVector sideI = dR.sub(bR);
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
      float[] ar,
      float[] ai,
      float[] br,
      float[] bi,
      float[] cr,
      float[] ci,
      float[] dr,
      float[] di,
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
    for (int i = 0; i < n; i += Width32.LANES) {
      FloatVector aR = FloatVector.fromArray(WIDTH, ar, i);
      FloatVector aI = FloatVector.fromArray(WIDTH, ai, i);
      FloatVector bR = FloatVector.fromArray(WIDTH, br, i);
      FloatVector bI = FloatVector.fromArray(WIDTH, bi, i);
      FloatVector cR = FloatVector.fromArray(WIDTH, cr, i);
      FloatVector cI = FloatVector.fromArray(WIDTH, ci, i);
      FloatVector dR = FloatVector.fromArray(WIDTH, dr, i);
      FloatVector dI = FloatVector.fromArray(WIDTH, di, i);
      FloatVector evenR = aR.add(cR);
      FloatVector evenI = aI.add(cI);
      FloatVector sumR = bR.add(dR);
      FloatVector sumI = bI.add(dI);
      FloatVector oddR = aR.sub(cR);
      FloatVector oddI = aI.sub(cI);
      FloatVector sideR = bI.sub(dI);
      FloatVector sideI = dR.sub(bR);
      evenR.add(sumR).intoArray(ar, i);
      evenI.add(sumI).intoArray(ai, i);
      FloatVector p2 = evenR.sub(sumR);
      FloatVector q2 = evenI.sub(sumI);
      FloatVector k2 = p2.add(q2).mul(factor2);
      q2.fma(minusSum2, k2).intoArray(br, i);
      p2.fma(difference2, k2).intoArray(bi, i);
      FloatVector p1 = oddR.add(sideR);
      FloatVector q1 = oddI.add(sideI);
      FloatVector k1 = p1.add(q1).mul(factor1);
      q1.fma(minusSum1, k1).intoArray(cr, i);
      p1.fma(difference1, k1).intoArray(ci, i);
      FloatVector p3 = oddR.sub(sideR);
      FloatVector q3 = oddI.sub(sideI);
      FloatVector k3 = p3.add(q3).mul(factor3);
      q3.fma(minusSum3, k3).intoArray(dr, i);
      p3.fma(difference3, k3).intoArray(di, i);
    }
  }
}
