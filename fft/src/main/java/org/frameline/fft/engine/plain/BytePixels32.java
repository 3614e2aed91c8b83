package org.frameline.fft.engine.plain;

import java.nio.ByteBuffer;

/** One channel of a frame {@code [H,W,C]} of uint8, interleaved. One thread. */
final class BytePixels32 implements FramePixels32 {
  /** So many rows are read side by side: a line is looked up once for as many lanes. */
  private static final int SIDE = 8;

  /** So many lines are filled before the next rows: what was written of them is still at hand. */
  private static final int LINES = 64;

  /** Quicker than a conversion, which Java 17 does not vectorise. */
  private static final float[] HALVES = new float[256];

  static {
    for (int i = 0; i < HALVES.length; i++) {
      HALVES[i] = 0.5f * i;
    }
  }

  private final int width;
  private final int channels;
  private final byte[][] rows;
  private ByteBuffer pixels;
  private int channel;

  BytePixels32(int width, int channels) {
    this.width = width;
    this.channels = channels;
    rows = new byte[2 * SIDE][width * channels];
  }

  @Override
  public void begin(ByteBuffer frame) {
    pixels = frame;
  }

  @Override
  public void select(int channelIndex) {
    channel = channelIndex;
  }

  @Override
  public void end() {
    pixels = null;
  }

  @Override
  public void load(int first, int count, float[][] lines) {
    int done = 0;
    for (; done + 2 * SIDE <= count; done += 2 * SIDE) {
      for (int i = 0; i < rows.length; i++) {
        read(first + 2 * (done + i), rows[i]);
      }
      for (int x = 0; x < width; x += LINES) {
        int end = Math.min(x + LINES, width);
        eight(rows, 0, channel, channels, lines, done, x, end);
        eight(rows, SIDE, channel, channels, lines, done + SIDE, x, end);
      }
    }
    for (; done < count; done++) {
      read(first + 2 * done, rows[0]);
      one(rows[0], lines, done);
    }
  }

  private void read(int row, byte[] bytes) {
    pixels.get(row * bytes.length, bytes);
  }

  private static void eight(
      byte[][] rows, int top, int first, int step, float[][] lines, int lane, int begin, int end) {
    float[] halves = HALVES;
    byte[] a = rows[top];
    byte[] b = rows[top + 1];
    byte[] c = rows[top + 2];
    byte[] d = rows[top + 3];
    byte[] e = rows[top + 4];
    byte[] f = rows[top + 5];
    byte[] g = rows[top + 6];
    byte[] h = rows[top + 7];
    for (int x = begin, i = first + begin * step; x < end; x++, i += step) {
      float[] line = lines[x];
      line[lane] = halves[a[i] & 0xff];
      line[lane + 1] = halves[b[i] & 0xff];
      line[lane + 2] = halves[c[i] & 0xff];
      line[lane + 3] = halves[d[i] & 0xff];
      line[lane + 4] = halves[e[i] & 0xff];
      line[lane + 5] = halves[f[i] & 0xff];
      line[lane + 6] = halves[g[i] & 0xff];
      line[lane + 7] = halves[h[i] & 0xff];
    }
  }

  private void one(byte[] row, float[][] lines, int lane) {
    for (int x = 0, i = channel; x < width; x++, i += channels) {
      lines[x][lane] = HALVES[row[i] & 0xff];
    }
  }
}
