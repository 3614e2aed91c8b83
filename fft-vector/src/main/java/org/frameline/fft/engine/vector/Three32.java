package org.frameline.fft.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.frameline.fft.engine.plain.Factor32;
import org.frameline.fft.engine.plain.Lines32;

/** Radix 3. Immutable. */
final class Three32 extends Factor32 {
  private static final VectorSpecies<Float> WIDTH = Width32.SPECIES;
  private static final float SIN_THIRD = (float) Math.sqrt(0.75);

  private final float[] roots;

  Three32(float[] roots) {
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
    if (angle == 0) {
      straight(ar, ai, br, bi, cr, ci, lines.lanes());
    } else {
      turned(ar, ai, br, bi, cr, ci, roots, 3 * angle, lines.lanes());
    }
  }

  private static void straight(
      float[] ar, float[] ai, float[] br, float[] bi, float[] cr, float[] ci, int n) {
    FloatVector sine = FloatVector.broadcast(WIDTH, SIN_THIRD);
    FloatVector minusHalf = FloatVector.broadcast(WIDTH, -0.5f);
    for (int i = 0; i < n; i += Width32.LANES) {
      FloatVector aR = FloatVector.fromArray(WIDTH, ar, i);
      FloatVector aI = FloatVector.fromArray(WIDTH, ai, i);
      FloatVector bR = FloatVector.fromArray(WIDTH, br, i);
      FloatVector bI = FloatVector.fromArray(WIDTH, bi, i);
      FloatVector cR = FloatVector.fromArray(WIDTH, cr, i);
      FloatVector cI = FloatVector.fromArray(WIDTH, ci, i);
      FloatVector sumR = bR.add(cR);
      FloatVector sumI = bI.add(cI);
      FloatVector meanR = sumR.fma(minusHalf, aR);
      FloatVector meanI = sumI.fma(minusHalf, aI);
      FloatVector sideR = bI.sub(cI).mul(sine);
      FloatVector sideI = cR.sub(bR).mul(sine);
      aR.add(sumR).intoArray(ar, i);
      aI.add(sumI).intoArray(ai, i);
      meanR.add(sideR).intoArray(br, i);
      meanI.add(sideI).intoArray(bi, i);
      meanR.sub(sideR).intoArray(cr, i);
      meanI.sub(sideI).intoArray(ci, i);
    }
  }

  private static void turned(
      float[] ar,
      float[] ai,
      float[] br,
      float[] bi,
      float[] cr,
      float[] ci,
      float[] turns,
      int w,
      int n) {
    FloatVector factor1 = FloatVector.broadcast(WIDTH, turns[w]);
    FloatVector minusSum1 = FloatVector.broadcast(WIDTH, -turns[w + 1]);
    FloatVector difference1 = FloatVector.broadcast(WIDTH, turns[w + 2]);
    FloatVector factor2 = FloatVector.broadcast(WIDTH, turns[2 * w]);
    FloatVector minusSum2 = FloatVector.broadcast(WIDTH, -turns[2 * w + 1]);
    FloatVector difference2 = FloatVector.broadcast(WIDTH, turns[2 * w + 2]);
    FloatVector sine = FloatVector.broadcast(WIDTH, SIN_THIRD);
    FloatVector minusHalf = FloatVector.broadcast(WIDTH, -0.5f);
    for (int i = 0; i < n; i += Width32.LANES) {
      FloatVector aR = FloatVector.fromArray(WIDTH, ar, i);
      FloatVector aI = FloatVector.fromArray(WIDTH, ai, i);
      FloatVector bR = FloatVector.fromArray(WIDTH, br, i);
      FloatVector bI = FloatVector.fromArray(WIDTH, bi, i);
      FloatVector cR = FloatVector.fromArray(WIDTH, cr, i);
      FloatVector cI = FloatVector.fromArray(WIDTH, ci, i);
      FloatVector sumR = bR.add(cR);
      FloatVector sumI = bI.add(cI);
      FloatVector meanR = sumR.fma(minusHalf, aR);
      FloatVector meanI = sumI.fma(minusHalf, aI);
      FloatVector sideR = bI.sub(cI).mul(sine);
      FloatVector sideI = cR.sub(bR).mul(sine);
      aR.add(sumR).intoArray(ar, i);
      aI.add(sumI).intoArray(ai, i);
      FloatVector p1 = meanR.add(sideR);
      FloatVector q1 = meanI.add(sideI);
      FloatVector k1 = p1.add(q1).mul(factor1);
      q1.fma(minusSum1, k1).intoArray(br, i);
      p1.fma(difference1, k1).intoArray(bi, i);
      FloatVector p2 = meanR.sub(sideR);
      FloatVector q2 = meanI.sub(sideI);
      FloatVector k2 = p2.add(q2).mul(factor2);
      q2.fma(minusSum2, k2).intoArray(cr, i);
      p2.fma(difference2, k2).intoArray(ci, i);
    }
  }
}
