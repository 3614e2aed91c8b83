package org.frameline.fft.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Turns lines into lanes and adds or subtracts them on the way, eight by eight numbers at a time,
 * in registers. Stateless.
 *
 * <p>In each of three steps two vectors exchange what lies off the diagonal of a square of half the
 * side: one keeps the lower numbers of both, the other the upper.
 */
final class Eight32 {
  static final int SIDE = 8;

  private static final VectorSpecies<Float> WIDTH =
      VectorSpecies.of(float.class, VectorShape.forBitSize(SIDE * Float.SIZE));

  private static final VectorShuffle<Float> SWAP_4 = VectorShuffle.fromOp(WIDTH, i -> i ^ 4);
  private static final VectorShuffle<Float> SWAP_2 = VectorShuffle.fromOp(WIDTH, i -> i ^ 2);
  private static final VectorShuffle<Float> SWAP_1 = VectorShuffle.fromOp(WIDTH, i -> i ^ 1);

  private static final VectorMask<Float> UPPER_4 = VectorMask.fromLong(WIDTH, 0xf0);
  private static final VectorMask<Float> UPPER_2 = VectorMask.fromLong(WIDTH, 0xcc);
  private static final VectorMask<Float> UPPER_1 = VectorMask.fromLong(WIDTH, 0xaa);

  private Eight32() {}

  /**
   * Writes to every second line: {@code to[first + 2 i][j] = x[start + j][i] + sign y[start +
   * j][i]}.
   *
   * @param sign 1 or -1
   * @param start first line that is read
   * @param count how many lines are read, j from 0 to count-1
   * @param lanes how many numbers of each are read, i from 0 to lanes-1
   * @param first first line that is written to
   */
  static void lines(
      float[][] x,
      float[][] y,
      float sign,
      int start,
      int count,
      int lanes,
      float[][] to,
      int first) {
    int whole = lanes / SIDE * SIDE;
    int done = 0;
    for (; done + SIDE <= count; done += SIDE) {
      vectors(x, y, sign, start + done, whole, to, first, done);
    }
    if (done < count && count >= SIDE) {
      done = count - SIDE;
      vectors(x, y, sign, start + done, whole, to, first, done);
      done = count;
    }
    for (int line = 0; line < count; line++) {
      int begin = line < done ? whole : 0;
      one(x[start + line], y[start + line], sign, begin, lanes, to, first, line);
    }
  }

  private static void one(
      float[] x, float[] y, float sign, int begin, int end, float[][] to, int first, int at) {
    for (int i = begin; i < end; i++) {
      to[first + 2 * i][at] = x[i] + sign * y[i];
    }
  }

  private static void vectors(
      float[][] x, float[][] y, float sign, int start, int lanes, float[][] to, int first, int at) {
    float[] x0 = x[start];
    float[] x1 = x[start + 1];
    float[] x2 = x[start + 2];
    float[] x3 = x[start + 3];
    float[] x4 = x[start + 4];
    float[] x5 = x[start + 5];
    float[] x6 = x[start + 6];
    float[] x7 = x[start + 7];
    float[] y0 = y[start];
    float[] y1 = y[start + 1];
    float[] y2 = y[start + 2];
    float[] y3 = y[start + 3];
    float[] y4 = y[start + 4];
    float[] y5 = y[start + 5];
    float[] y6 = y[start + 6];
    float[] y7 = y[start + 7];
    FloatVector signs = FloatVector.broadcast(WIDTH, sign);
    for (int i = 0; i < lanes; i += SIDE) {
      FloatVector a0 = sum(x0, y0, signs, i);
      FloatVector a1 = sum(x1, y1, signs, i);
      FloatVector a2 = sum(x2, y2, signs, i);
      FloatVector a3 = sum(x3, y3, signs, i);
      FloatVector a4 = sum(x4, y4, signs, i);
      FloatVector a5 = sum(x5, y5, signs, i);
      FloatVector a6 = sum(x6, y6, signs, i);
      FloatVector a7 = sum(x7, y7, signs, i);
      FloatVector b0 = a0.blend(a4.rearrange(SWAP_4), UPPER_4);
      FloatVector b4 = a0.rearrange(SWAP_4).blend(a4, UPPER_4);
      FloatVector b1 = a1.blend(a5.rearrange(SWAP_4), UPPER_4);
      FloatVector b5 = a1.rearrange(SWAP_4).blend(a5, UPPER_4);
      FloatVector b2 = a2.blend(a6.rearrange(SWAP_4), UPPER_4);
      FloatVector b6 = a2.rearrange(SWAP_4).blend(a6, UPPER_4);
      FloatVector b3 = a3.blend(a7.rearrange(SWAP_4), UPPER_4);
      FloatVector b7 = a3.rearrange(SWAP_4).blend(a7, UPPER_4);
      FloatVector c0 = b0.blend(b2.rearrange(SWAP_2), UPPER_2);
      FloatVector c2 = b0.rearrange(SWAP_2).blend(b2, UPPER_2);
      FloatVector c1 = b1.blend(b3.rearrange(SWAP_2), UPPER_2);
      FloatVector c3 = b1.rearrange(SWAP_2).blend(b3, UPPER_2);
      FloatVector c4 = b4.blend(b6.rearrange(SWAP_2), UPPER_2);
      FloatVector c6 = b4.rearrange(SWAP_2).blend(b6, UPPER_2);
      FloatVector c5 = b5.blend(b7.rearrange(SWAP_2), UPPER_2);
      FloatVector c7 = b5.rearrange(SWAP_2).blend(b7, UPPER_2);
      FloatVector d0 = c0.blend(c1.rearrange(SWAP_1), UPPER_1);
      FloatVector d1 = c0.rearrange(SWAP_1).blend(c1, UPPER_1);
      FloatVector d2 = c2.blend(c3.rearrange(SWAP_1), UPPER_1);
      FloatVector d3 = c2.rearrange(SWAP_1).blend(c3, UPPER_1);
      FloatVector d4 = c4.blend(c5.rearrange(SWAP_1), UPPER_1);
      FloatVector d5 = c4.rearrange(SWAP_1).blend(c5, UPPER_1);
      FloatVector d6 = c6.blend(c7.rearrange(SWAP_1), UPPER_1);
      FloatVector d7 = c6.rearrange(SWAP_1).blend(c7, UPPER_1);
      int line = first + 2 * i;
      d0.intoArray(to[line], at);
      d1.intoArray(to[line + 2], at);
      d2.intoArray(to[line + 4], at);
      d3.intoArray(to[line + 6], at);
      d4.intoArray(to[line + 8], at);
      d5.intoArray(to[line + 10], at);
      d6.intoArray(to[line + 12], at);
      d7.intoArray(to[line + 14], at);
    }
  }

  private static FloatVector sum(float[] x, float[] y, FloatVector signs, int i) {
    FloatVector summand = FloatVector.fromArray(WIDTH, x, i);
    return FloatVector.fromArray(WIDTH, y, i).fma(signs, summand);
  }
}
