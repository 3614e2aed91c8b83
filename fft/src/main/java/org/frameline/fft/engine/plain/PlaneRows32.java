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
      for (int i = 0; i < side; i++) {
        one(rows[i], lines, done + i);
      }
    }
  }

  private static void one(float[] row, float[][] lines, int lane) {
    for (int x = 0; x < row.length; x++) {
      lines[x][lane] = 0.5f * row[x];
    }
  }
}
