package org.frameline.fft.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.frameline.fft.engine.plain.Factor32;
import org.frameline.fft.engine.plain.Lines32;

/** Radix 2. Immutable. */
final class Two32 extends Factor32 {
  private static final VectorSpecies<Float> WIDTH = Width32.SPECIES;

  private final float[] roots;

  Two32(float[] roots) {
    this.roots = roots;
  }

  @Override
  protected void transform(Lines32 lines, int first, int distance, int angle) {
    float[] ar = lines.re(first);
    float[] ai = lines.im(first);
    float[] br = lines.re(first + distance);
    float[] bi = lines.im(first + distance);
    if (angle == 0) {
      straight(ar, ai, br, bi, lines.lanes());
    } else {
      turned(ar, ai, br, bi, roots, 3 * angle, lines.lanes());
    }
  }

  private static void straight(float[] ar, float[] ai, float[] br, float[] bi, int n) {
    for (int i = 0; i < n; i += Width32.LANES) {
      FloatVector a = FloatVector.fromArray(WIDTH, ar, i);
      FloatVector b = FloatVector.fromArray(WIDTH, ai, i);
      FloatVector c = FloatVector.fromArray(WIDTH, br, i);
      FloatVector d = FloatVector.fromArray(WIDTH, bi, i);
      a.add(c).intoArray(ar, i);
      b.add(d).intoArray(ai, i);
      a.sub(c).intoArray(br, i);
      b.sub(d).intoArray(bi, i);
    }
  }

  private static void turned(
      float[] ar, float[] ai, float[] br, float[] bi, float[] turns, int w, int n) {
    FloatVector factor = FloatVector.broadcast(WIDTH, turns[w]);
    FloatVector minusSum = FloatVector.broadcast(WIDTH, -turns[w + 1]);
    FloatVector difference = FloatVector.broadcast(WIDTH, turns[w + 2]);
    for (int i = 0; i < n; i += Width32.LANES) {
      FloatVector a = FloatVector.fromArray(WIDTH, ar, i);
      FloatVector b = FloatVector.fromArray(WIDTH, ai, i);
      FloatVector c = FloatVector.fromArray(WIDTH, br, i);
      FloatVector d = FloatVector.fromArray(WIDTH, bi, i);
      a.add(c).intoArray(ar, i);
      b.add(d).intoArray(ai, i);
      FloatVector p = a.sub(c);
      FloatVector q = b.sub(d);
      FloatVector k = p.add(q).mul(factor);
      q.fma(minusSum, k).intoArray(br, i);
      p.fma(difference, k).intoArray(bi, i);
    }
  }
}
