package org.frameline.analysis.spectrum;

import java.nio.ByteBuffer;
import org.frameline.fft.SampleRows;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameShape;

/**
 * One channel of a region of an image, or the mean of all its channels, less its mean value, times
 * a window: what is transformed. Reused from image to image; not thread-safe.
 */
final class Plane implements SampleRows {
  /** In place of a channel: the mean of all. */
  static final int ALL_CHANNELS = -1;

  private final int imageWidth;
  private final int channels;
  private final ElementType type;
  private final Region region;
  private final int channel;
  private final float[] across;
  private final float[] down;
  private final float[] values;
  private final byte[] line;

  /** By the sum of a pixel's channels, each a byte: their mean. */
  private final float[] meanOfSum;

  private float mean;

  /**
   * For images of one format.
   *
   * @param type uint8, uint16, float32 or float64
   * @param region inside the image
   * @param channel 0 to C-1, or {@link #ALL_CHANNELS}
   */
  Plane(FrameShape shape, ElementType type, Region region, int channel, Window window) {
    imageWidth = shape.width();
    channels = shape.channels();
    this.type = type;
    this.region = region;
    this.channel = channel;
    across = window.along(region.width());
    down = window.along(region.height());
    values = new float[region.width() * region.height()];
    line = new byte[region.width() * channels];
    meanOfSum = new float[channels * 255 + 1];
    for (int sum = 0; sum < meanOfSum.length; sum++) {
      meanOfSum[sum] = (float) sum / channels;
    }
  }

  /**
   * Takes the values out of an image.
   *
   * @param image little-endian, in C order
   */
  void load(ByteBuffer image) {
    double sum = 0;
    for (int y = 0; y < region.height(); y++) {
      int first = ((region.y() + y) * imageWidth + region.x()) * channels;
      if (type == ElementType.UINT8) {
        image.get(image.position() + first, line);
        sum += loadBytes(y * region.width());
        continue;
      }
      for (int x = 0; x < region.width(); x++) {
        float value = value(image, first + x * channels);
        values[y * region.width() + x] = value;
        sum += value;
      }
    }
    mean = (float) (sum / values.length);
  }

  /** What nearly all cameras deliver, without a look at each byte's type and place. */
  private double loadBytes(int to) {
    int width = region.width();
    if (channel != ALL_CHANNELS || channels == 1) {
      int from = Math.max(channel, 0);
      long sum = 0;
      for (int x = 0; x < width; x++) {
        int value = line[x * channels + from] & 0xFF;
        values[to + x] = value;
        sum += value;
      }
      return sum;
    }
    if (channels == 3) {
      return loadColours(line, meanOfSum, values, to, width) / 3.0;
    }
    long sum = 0;
    for (int x = 0; x < width; x++) {
      int value = 0;
      for (int i = 0; i < channels; i++) {
        value += line[x * channels + i] & 0xFF;
      }
      values[to + x] = meanOfSum[value];
      sum += value;
    }
    return (double) sum / channels;
  }

  /** Of three channels; with parameters, which the compiler knows to stay the same in the loop. */
  private static long loadColours(byte[] line, float[] means, float[] values, int to, int width) {
    long sum = 0;
    for (int x = 0, at = 0; x < width; x++, at += 3) {
      int value = (line[at] & 0xFF) + (line[at + 1] & 0xFF) + (line[at + 2] & 0xFF);
      values[to + x] = means[value];
      sum += value;
    }
    return sum;
  }

  private float value(ByteBuffer image, int first) {
    if (channel != ALL_CHANNELS) {
      return element(image, first + channel);
    }
    if (channels == 1) {
      return element(image, first);
    }
    float sum = 0;
    for (int i = 0; i < channels; i++) {
      sum += element(image, first + i);
    }
    return sum / channels;
  }

  private float element(ByteBuffer image, int index) {
    int at = image.position() + index * type.bytes();
    return switch (type) {
      case UINT8 -> image.get(at) & 0xFF;
      case UINT16 -> image.getShort(at) & 0xFFFF;
      case FLOAT32 -> image.getFloat(at);
      case FLOAT64 -> (float) image.getDouble(at);
      case COMPLEX64, COMPLEX128 -> throw new IllegalStateException("a spectrum is no image");
    };
  }

  @Override
  public void read(int row, float[] samples) {
    int first = row * region.width();
    // Locals, or the compiler would not know that they stay the same in the loop.
    float[] from = values;
    float[] factors = across;
    float less = mean;
    float times = down[row];
    for (int x = 0; x < samples.length; x++) {
      samples[x] = (from[first + x] - less) * factors[x] * times;
    }
  }
}
