package org.frameline.analysis.spectrum;

import java.nio.ByteBuffer;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameShape;

/** A plane of numbers wider than a byte. Not thread-safe. */
final class NumberPlane extends Plane {
  /** So many rows are read side by side: a line is looked up once for as many lanes. */
  private static final int SIDE = 8;

  private final Region region;
  private final ElementType type;
  private final int imageWidth;
  private final int channels;
  private final int channel;
  private final float[] row;
  private final char[] words;
  private final double[] doubles;
  private final float[] values;
  private float mean;

  NumberPlane(FrameShape shape, ElementType type, Region region, int channel, Window window) {
    super(region, window);
    this.region = region;
    this.type = type;
    imageWidth = shape.width();
    channels = shape.channels();
    this.channel = channel;
    int numbers = region.width() * channels;
    row = new float[numbers];
    words = new char[type == ElementType.UINT16 ? numbers : 0];
    doubles = new double[type == ElementType.FLOAT64 ? numbers : 0];
    values = new float[region.height() * region.width()];
  }

  @Override
  void take(ByteBuffer image) {
    double sum = 0;
    for (int y = 0; y < region.height(); y++) {
      int first = ((region.y() + y) * imageWidth + region.x()) * channels;
      read(image, image.position() + first * type.bytes());
      sum += takeRow(y * region.width());
    }
    mean = (float) (sum / values.length);
  }

  /** A row of the region, all channels; the unsigned type of 16 bits in Java is char. */
  private void read(ByteBuffer image, int at) {
    ByteBuffer from = image.slice(at, row.length * type.bytes()).order(image.order());
    switch (type) {
      case UINT16 -> {
        from.asCharBuffer().get(words);
        for (int i = 0; i < row.length; i++) {
          row[i] = words[i];
        }
      }
      case FLOAT32 -> from.asFloatBuffer().get(row);
      case FLOAT64 -> {
        from.asDoubleBuffer().get(doubles);
        for (int i = 0; i < row.length; i++) {
          row[i] = (float) doubles[i];
        }
      }
      case UINT8, COMPLEX64, COMPLEX128 ->
          throw new IllegalStateException("expected numbers wider than a byte, found " + type);
    }
  }

  private double takeRow(int to) {
    double sum = 0;
    for (int x = 0; x < region.width(); x++) {
      float value = channel == ALL_CHANNELS ? mean(x * channels) : row[x * channels + channel];
      values[to + x] = value;
      sum += value;
    }
    return sum;
  }

  private float mean(int first) {
    float sum = row[first];
    for (int i = 1; i < channels; i++) {
      sum += row[first + i];
    }
    return sum / channels;
  }

  @Override
  protected void put(int first, int count, float[][] lines) {
    int width = region.width();
    int lane = 0;
    for (; lane + SIDE <= count; lane += SIDE) {
      eight(values, (first + 2 * lane) * width, 2 * width, mean, lines, lane, width);
    }
    for (; lane < count; lane++) {
      for (int x = 0; x < width; x++) {
        lines[x][lane] = values[(first + 2 * lane) * width + x] - mean;
      }
    }
  }

  private static void eight(
      float[] values, int first, int rows, float less, float[][] lines, int lane, int width) {
    for (int x = 0; x < width; x++) {
      float[] line = lines[x];
      int a = first + x;
      line[lane] = values[a] - less;
      line[lane + 1] = values[a + rows] - less;
      line[lane + 2] = values[a + 2 * rows] - less;
      line[lane + 3] = values[a + 3 * rows] - less;
      line[lane + 4] = values[a + 4 * rows] - less;
      line[lane + 5] = values[a + 5 * rows] - less;
      line[lane + 6] = values[a + 6 * rows] - less;
      line[lane + 7] = values[a + 7 * rows] - less;
    }
  }
}
