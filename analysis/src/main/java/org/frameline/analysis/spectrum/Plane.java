package org.frameline.analysis.spectrum;

import java.nio.ByteBuffer;
import java.util.List;
import org.frameline.fft.engine.SampleRows;
import org.frameline.protocol.ElementType;

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
  private float mean;

  /**
   * For images of one format.
   *
   * @param shape {@code [H,W]} or {@code [H,W,C]}
   * @param type uint8, uint16, float32 or float64
   * @param region inside the image
   * @param channel 0 to C-1, or {@link #ALL_CHANNELS}
   */
  Plane(List<Integer> shape, ElementType type, Region region, int channel, Window window) {
    imageWidth = shape.get(1);
    channels = shape.size() == 3 ? shape.get(2) : 1;
    this.type = type;
    this.region = region;
    this.channel = channel;
    across = window.along(region.width());
    down = window.along(region.height());
    values = new float[region.width() * region.height()];
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
      for (int x = 0; x < region.width(); x++) {
        float value = value(image, first + x * channels);
        values[y * region.width() + x] = value;
        sum += value;
      }
    }
    mean = (float) (sum / values.length);
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
    for (int x = 0; x < samples.length; x++) {
      samples[x] = (values[first + x] - mean) * across[x] * down[row];
    }
  }
}
