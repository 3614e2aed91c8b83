package org.frameline.fft.engine.plain;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;

/**
 * One channel of a frame {@code [H,W,C]} of uint16, interleaved. The unsigned type of 16 bits in
 * Java is char. One thread.
 */
final class WordPixels32 implements FramePixels32 {
  /** So many rows are read side by side: a line is looked up once for as many lanes. */
  private static final int SIDE = 8;

  /** So many lines are filled before the next rows: what was written of them is still at hand. */
  private static final int LINES = 64;

  private final int width;
  private final int channels;
  private final char[][] rows;
  private CharBuffer pixels;
  private int channel;

  WordPixels32(int width, int channels) {
    this.width = width;
    this.channels = channels;
    rows = new char[2 * SIDE][width * channels];
  }

  @Override
  public void begin(ByteBuffer frame) {
    pixels = frame.asCharBuffer();
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

  private void read(int row, char[] words) {
    pixels.get(row * words.length, words);
  }

  private static void eight(
      char[][] rows, int top, int first, int step, float[][] lines, int lane, int begin, int end) {
    char[] a = rows[top];
    char[] b = rows[top + 1];
    char[] c = rows[top + 2];
    char[] d = rows[top + 3];
    char[] e = rows[top + 4];
    char[] f = rows[top + 5];
    char[] g = rows[top + 6];
    char[] h = rows[top + 7];
    for (int x = begin, i = first + begin * step; x < end; x++, i += step) {
      float[] line = lines[x];
      line[lane] = 0.5f * a[i];
      line[lane + 1] = 0.5f * b[i];
      line[lane + 2] = 0.5f * c[i];
      line[lane + 3] = 0.5f * d[i];
      line[lane + 4] = 0.5f * e[i];
      line[lane + 5] = 0.5f * f[i];
      line[lane + 6] = 0.5f * g[i];
      line[lane + 7] = 0.5f * h[i];
    }
  }

  private void one(char[] row, float[][] lines, int lane) {
    for (int x = 0, i = channel; x < width; x++, i += channels) {
      lines[x][lane] = 0.5f * row[i];
    }
  }
}
