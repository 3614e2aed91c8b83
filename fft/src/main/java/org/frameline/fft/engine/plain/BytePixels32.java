package org.frameline.fft.engine.plain;

import java.nio.ByteBuffer;

/** One channel of a frame {@code [H,W,C]} of uint8, interleaved. One thread. */
final class BytePixels32 implements FramePixels32 {
  /** So many rows are read side by side: each line is looked up once for as many lanes. */
  private static final int SIDE = 8;

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
    rows = new byte[SIDE][width * channels];
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
    for (; done + SIDE <= count; done += SIDE) {
      for (int i = 0; i < SIDE; i++) {
        read(first + 2 * (done + i), rows[i]);
      }
      if (channels == 1) {
        eight(rows, lines, done, width);
      } else {
        eight(rows, channel, channels, lines, done, width);
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
      byte[][] rows, int first, int step, float[][] lines, int lane, int width) {
    float[] halves = HALVES;
    byte[] a = rows[0];
    byte[] b = rows[1];
    byte[] c = rows[2];
    byte[] d = rows[3];
    byte[] e = rows[4];
    byte[] f = rows[5];
    byte[] g = rows[6];
    byte[] h = rows[7];
    for (int x = 0, i = first; x < width; x++, i += step) {
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

  /** The same for one channel, where the compiler can leave out the checks of the index. */
  private static void eight(byte[][] rows, float[][] lines, int lane, int width) {
    float[] halves = HALVES;
    byte[] a = rows[0];
    byte[] b = rows[1];
    byte[] c = rows[2];
    byte[] d = rows[3];
    byte[] e = rows[4];
    byte[] f = rows[5];
    byte[] g = rows[6];
    byte[] h = rows[7];
    for (int x = 0; x < width; x++) {
      float[] line = lines[x];
      line[lane] = halves[a[x] & 0xff];
      line[lane + 1] = halves[b[x] & 0xff];
      line[lane + 2] = halves[c[x] & 0xff];
      line[lane + 3] = halves[d[x] & 0xff];
      line[lane + 4] = halves[e[x] & 0xff];
      line[lane + 5] = halves[f[x] & 0xff];
      line[lane + 6] = halves[g[x] & 0xff];
      line[lane + 7] = halves[h[x] & 0xff];
    }
  }

  private void one(byte[] row, float[][] lines, int lane) {
    for (int x = 0, i = channel; x < width; x++, i += channels) {
      lines[x][lane] = HALVES[row[i] & 0xff];
    }
  }
}
