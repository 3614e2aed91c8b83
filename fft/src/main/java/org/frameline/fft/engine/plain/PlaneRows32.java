package org.frameline.fft.engine.plain;

import org.frameline.fft.SampleRows;

/** Rows of a plane that someone else reads. One thread. */
final class PlaneRows32 implements RowSource32 {
  private static final int SIDE = 8;

  private final float[][] rows;
  private SampleRows samples;

  PlaneRows32(int width) {
    rows = new float[SIDE][width];
  }

  void begin(SampleRows plane) {
    samples = plane;
  }

  void end() {
    samples = null;
  }

  @Override
  public void load(int first, int count, float[][] lines) {
    for (int done = 0; done < count; done += SIDE) {
      int side = Math.min(SIDE, count - done);
      for (int i = 0; i < side; i++) {
        samples.read(first + 2 * (done + i), rows[i]);
      }
      if (side == SIDE) {
        eight(lines, done);
        continue;
      }
      for (int i = 0; i < side; i++) {
        one(rows[i], lines, done + i);
      }
    }
  }

  /** A line is fetched once for eight numbers, and has them beside each other. */
  private void eight(float[][] lines, int lane) {
    var a = rows[0];
    var b = rows[1];
    var c = rows[2];
    var d = rows[3];
    var e = rows[4];
    var f = rows[5];
    var g = rows[6];
    var h = rows[7];
    for (int x = 0; x < a.length; x++) {
      float[] line = lines[x];
      line[lane] = 0.5f * a[x];
      line[lane + 1] = 0.5f * b[x];
      line[lane + 2] = 0.5f * c[x];
      line[lane + 3] = 0.5f * d[x];
      line[lane + 4] = 0.5f * e[x];
      line[lane + 5] = 0.5f * f[x];
      line[lane + 6] = 0.5f * g[x];
      line[lane + 7] = 0.5f * h[x];
    }
  }

  private static void one(float[] row, float[][] lines, int lane) {
    for (int x = 0; x < row.length; x++) {
      lines[x][lane] = 0.5f * row[x];
    }
  }
}
