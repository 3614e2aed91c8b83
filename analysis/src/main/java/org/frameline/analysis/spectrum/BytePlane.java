package org.frameline.analysis.spectrum;

import java.nio.ByteBuffer;
import org.frameline.protocol.FrameShape;

/** A plane of bytes, which is what nearly all cameras deliver. Not thread-safe. */
final class BytePlane extends Plane {
  /** So many rows are read side by side: a line is looked up once for as many lanes. */
  private static final int SIDE = 8;

  private final Region region;
  private final int channels;
  private final int firstChannel;
  private final int summed;
  private final int imageRowBytes;
  private final int rowBytes;
  private final byte[] bytes;

  /** By the sum of those channels of a pixel that count: what it is worth. */
  private final float[] values;

  BytePlane(FrameShape shape, Region region, int channel, Window window) {
    super(region, window);
    this.region = region;
    channels = shape.channels();
    firstChannel = Math.max(channel, 0);
    summed = channel == ALL_CHANNELS ? channels : 1;
    imageRowBytes = shape.width() * channels;
    rowBytes = region.width() * channels;
    bytes = new byte[region.height() * rowBytes];
    values = new float[255 * summed + 1];
  }

  @Override
  void take(ByteBuffer image) {
    int first = image.position() + region.y() * imageRowBytes + region.x() * channels;
    if (rowBytes == imageRowBytes) {
      image.get(first, bytes);
    } else {
      for (int y = 0; y < region.height(); y++) {
        image.get(first + y * imageRowBytes, bytes, y * rowBytes, rowBytes);
      }
    }
    long sum = summed == channels ? ByteSum.of(bytes) : ByteSum.of(bytes, firstChannel, channels);
    double mean = (double) sum / (region.width() * region.height());
    setValues(values, mean, summed);
  }

  private static void setValues(float[] values, double mean, int summed) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((i - mean) / summed);
    }
  }

  @Override
  protected void put(int first, int count, float[][] lines) {
    int width = region.width();
    int step = 2 * rowBytes;
    int lane = 0;
    if (summed == 1) {
      for (; lane + SIDE <= count; lane += SIDE) {
        int at = (first + 2 * lane) * rowBytes + firstChannel;
        eight(bytes, at, step, channels, values, lines, lane, width);
      }
    } else if (channels == 3) {
      for (; lane + SIDE <= count; lane += SIDE) {
        eightColours(bytes, (first + 2 * lane) * rowBytes, step, values, lines, lane, width);
      }
    }
    for (; lane < count; lane++) {
      one((first + 2 * lane) * rowBytes + firstChannel, lines, lane);
    }
  }

  private static void eight(
      byte[] bytes,
      int first,
      int rows,
      int pixel,
      float[] values,
      float[][] lines,
      int lane,
      int width) {
    for (int x = 0, a = first; x < width; x++, a += pixel) {
      float[] line = lines[x];
      line[lane] = values[bytes[a] & 0xff];
      line[lane + 1] = values[bytes[a + rows] & 0xff];
      line[lane + 2] = values[bytes[a + 2 * rows] & 0xff];
      line[lane + 3] = values[bytes[a + 3 * rows] & 0xff];
      line[lane + 4] = values[bytes[a + 4 * rows] & 0xff];
      line[lane + 5] = values[bytes[a + 5 * rows] & 0xff];
      line[lane + 6] = values[bytes[a + 6 * rows] & 0xff];
      line[lane + 7] = values[bytes[a + 7 * rows] & 0xff];
    }
  }

  private static void eightColours(
      byte[] bytes, int first, int rows, float[] values, float[][] lines, int lane, int width) {
    for (int x = 0, a = first; x < width; x++, a += 3) {
      float[] line = lines[x];
      line[lane] = values[colours(bytes, a)];
      line[lane + 1] = values[colours(bytes, a + rows)];
      line[lane + 2] = values[colours(bytes, a + 2 * rows)];
      line[lane + 3] = values[colours(bytes, a + 3 * rows)];
      line[lane + 4] = values[colours(bytes, a + 4 * rows)];
      line[lane + 5] = values[colours(bytes, a + 5 * rows)];
      line[lane + 6] = values[colours(bytes, a + 6 * rows)];
      line[lane + 7] = values[colours(bytes, a + 7 * rows)];
    }
  }

  private static int colours(byte[] bytes, int at) {
    return (bytes[at] & 0xff) + (bytes[at + 1] & 0xff) + (bytes[at + 2] & 0xff);
  }

  private void one(int first, float[][] lines, int lane) {
    for (int x = 0, at = first; x < region.width(); x++, at += channels) {
      int sum = 0;
      for (int i = 0; i < summed; i++) {
        sum += bytes[at + i] & 0xff;
      }
      lines[x][lane] = values[sum];
    }
  }
}
