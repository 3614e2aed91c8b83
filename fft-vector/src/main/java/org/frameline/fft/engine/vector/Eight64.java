package org.frameline.fft.engine.vector;

import jdk.incubator.vector.DoubleVector;
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
final class Eight64 {
  static final int SIDE = 8;

  private static final VectorSpecies<Double> WIDTH =
      VectorSpecies.of(double.class, VectorShape.forBitSize(SIDE * Double.SIZE));

  private static final VectorShuffle<Double> SWAP_4 = VectorShuffle.fromOp(WIDTH, i -> i ^ 4);
  private static final VectorShuffle<Double> SWAP_2 = VectorShuffle.fromOp(WIDTH, i -> i ^ 2);
  private static final VectorShuffle<Double> SWAP_1 = VectorShuffle.fromOp(WIDTH, i -> i ^ 1);

  private static final VectorMask<Double> UPPER_4 = VectorMask.fromLong(WIDTH, 0xf0);
  private static final VectorMask<Double> UPPER_2 = VectorMask.fromLong(WIDTH, 0xcc);
  private static final VectorMask<Double> UPPER_1 = VectorMask.fromLong(WIDTH, 0xaa);

  private Eight64() {}

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
      double[][] x,
      double[][] y,
      double sign,
      int start,
      int count,
      int lanes,
      double[][] to,
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
      double[] x, double[] y, double sign, int begin, int end, double[][] to, int first, int at) {
    for (int i = begin; i < end; i++) {
      to[first + 2 * i][at] = x[i] + sign * y[i];
    }
  }

  private static void vectors(
      double[][] x,
      double[][] y,
      double sign,
      int start,
      int lanes,
      double[][] to,
      int first,
      int at) {
    double[] x0 = x[start];
    double[] x1 = x[start + 1];
    double[] x2 = x[start + 2];
    double[] x3 = x[start + 3];
    double[] x4 = x[start + 4];
    double[] x5 = x[start + 5];
    double[] x6 = x[start + 6];
    double[] x7 = x[start + 7];
    double[] y0 = y[start];
    double[] y1 = y[start + 1];
    double[] y2 = y[start + 2];
    double[] y3 = y[start + 3];
    double[] y4 = y[start + 4];
    double[] y5 = y[start + 5];
    double[] y6 = y[start + 6];
    double[] y7 = y[start + 7];
    DoubleVector signs = DoubleVector.broadcast(WIDTH, sign);
    for (int i = 0; i < lanes; i += SIDE) {
      DoubleVector a0 = sum(x0, y0, signs, i);
      DoubleVector a1 = sum(x1, y1, signs, i);
      DoubleVector a2 = sum(x2, y2, signs, i);
      DoubleVector a3 = sum(x3, y3, signs, i);
      DoubleVector a4 = sum(x4, y4, signs, i);
      DoubleVector a5 = sum(x5, y5, signs, i);
      DoubleVector a6 = sum(x6, y6, signs, i);
      DoubleVector a7 = sum(x7, y7, signs, i);
      DoubleVector b0 = a0.blend(a4.rearrange(SWAP_4), UPPER_4);
      DoubleVector b4 = a0.rearrange(SWAP_4).blend(a4, UPPER_4);
      DoubleVector b1 = a1.blend(a5.rearrange(SWAP_4), UPPER_4);
      DoubleVector b5 = a1.rearrange(SWAP_4).blend(a5, UPPER_4);
      DoubleVector b2 = a2.blend(a6.rearrange(SWAP_4), UPPER_4);
      DoubleVector b6 = a2.rearrange(SWAP_4).blend(a6, UPPER_4);
      DoubleVector b3 = a3.blend(a7.rearrange(SWAP_4), UPPER_4);
      DoubleVector b7 = a3.rearrange(SWAP_4).blend(a7, UPPER_4);
      DoubleVector c0 = b0.blend(b2.rearrange(SWAP_2), UPPER_2);
      DoubleVector c2 = b0.rearrange(SWAP_2).blend(b2, UPPER_2);
      DoubleVector c1 = b1.blend(b3.rearrange(SWAP_2), UPPER_2);
      DoubleVector c3 = b1.rearrange(SWAP_2).blend(b3, UPPER_2);
      DoubleVector c4 = b4.blend(b6.rearrange(SWAP_2), UPPER_2);
      DoubleVector c6 = b4.rearrange(SWAP_2).blend(b6, UPPER_2);
      DoubleVector c5 = b5.blend(b7.rearrange(SWAP_2), UPPER_2);
      DoubleVector c7 = b5.rearrange(SWAP_2).blend(b7, UPPER_2);
      DoubleVector d0 = c0.blend(c1.rearrange(SWAP_1), UPPER_1);
      DoubleVector d1 = c0.rearrange(SWAP_1).blend(c1, UPPER_1);
      DoubleVector d2 = c2.blend(c3.rearrange(SWAP_1), UPPER_1);
      DoubleVector d3 = c2.rearrange(SWAP_1).blend(c3, UPPER_1);
      DoubleVector d4 = c4.blend(c5.rearrange(SWAP_1), UPPER_1);
      DoubleVector d5 = c4.rearrange(SWAP_1).blend(c5, UPPER_1);
      DoubleVector d6 = c6.blend(c7.rearrange(SWAP_1), UPPER_1);
      DoubleVector d7 = c6.rearrange(SWAP_1).blend(c7, UPPER_1);
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

  private static DoubleVector sum(double[] x, double[] y, DoubleVector signs, int i) {
    DoubleVector summand = DoubleVector.fromArray(WIDTH, x, i);
    return DoubleVector.fromArray(WIDTH, y, i).fma(signs, summand);
  }
}
