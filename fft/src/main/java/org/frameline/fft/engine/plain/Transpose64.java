package org.frameline.fft.engine.plain;

/**
 * Turns lines into lanes: eight lines are read side by side, so that each array that is written to
 * is looked up once for eight numbers, which lie in one cache line. Stateless.
 */
final class Transpose64 {
  private static final int SIDE = 8;

  private Transpose64() {}

  /**
   * Writes lanes into every second line: {@code to[first + 2 i][j] = from[start + j][i]}.
   *
   * @param start first line that is read
   * @param count how many lines are read, j from 0 to count-1
   * @param lanes how many numbers of each are read, i from 0 to lanes-1
   * @param first first line that is written to
   */
  static void lines(double[][] from, int start, int count, int lanes, double[][] to, int first) {
    int done = 0;
    for (; done + SIDE <= count; done += SIDE) {
      eight(from, start + done, lanes, to, first, done);
    }
    if (done < count && count >= SIDE) {
      done = count - SIDE;
      eight(from, start + done, lanes, to, first, done);
      done = count;
    }
    for (; done < count; done++) {
      one(from[start + done], lanes, to, first, done);
    }
  }

  private static void eight(
      double[][] from, int start, int lanes, double[][] to, int first, int at) {
    double[] a = from[start];
    double[] b = from[start + 1];
    double[] c = from[start + 2];
    double[] d = from[start + 3];
    double[] e = from[start + 4];
    double[] f = from[start + 5];
    double[] g = from[start + 6];
    double[] h = from[start + 7];
    for (int i = 0; i < lanes; i++) {
      double[] line = to[first + 2 * i];
      line[at] = a[i];
      line[at + 1] = b[i];
      line[at + 2] = c[i];
      line[at + 3] = d[i];
      line[at + 4] = e[i];
      line[at + 5] = f[i];
      line[at + 6] = g[i];
      line[at + 7] = h[i];
    }
  }

  private static void one(double[] from, int lanes, double[][] to, int first, int at) {
    for (int i = 0; i < lanes; i++) {
      to[first + 2 * i][at] = from[i];
    }
  }
}
