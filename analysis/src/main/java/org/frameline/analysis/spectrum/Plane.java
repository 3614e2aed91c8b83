package org.frameline.analysis.spectrum;

import java.nio.ByteBuffer;
import org.frameline.fft.SampleLanes;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameShape;

/**
 * One channel of a region of an image, or the mean of all its channels, less its mean value, times
 * a window: what is transformed. Reused from image to image; not thread-safe.
 */
abstract class Plane implements SampleLanes {
  /** In place of a channel: the mean of all. */
  static final int ALL_CHANNELS = -1;

  private final float[] across;
  private final float[] down;
  private final float[] downOfLanes;

  /** A plane of the size of a region. */
  Plane(Region region, Window window) {
    across = window.along(region.width());
    down = window.along(region.height());
    downOfLanes = new float[region.height()];
  }

  /**
   * For images of one format.
   *
   * @param type uint8, uint16, float32 or float64
   * @param region inside the image
   * @param channel 0 to C-1, or {@link #ALL_CHANNELS}
   */
  static Plane of(FrameShape shape, ElementType type, Region region, int channel, Window window) {
    return type == ElementType.UINT8
        ? new BytePlane(shape, region, channel, window)
        : new NumberPlane(shape, type, region, channel, window);
  }

  /**
   * Takes the values of an image, which has to stay as it is until they were transformed.
   *
   * @param image little-endian, in C order
   */
  abstract void take(ByteBuffer image);

  /** As {@link #load}, without window and factor. */
  protected abstract void put(int first, int count, float[][] lines);

  @Override
  public final void load(int first, int count, float factor, float[][] lines) {
    put(first, count, lines);
    for (int i = 0; i < count; i++) {
      downOfLanes[i] = down[first + 2 * i];
    }
    for (int x = 0; x < across.length; x++) {
      weight(lines[x], downOfLanes, factor * across[x], count);
    }
  }

  /** A loop of its own, which the compiler turns into vector instructions. */
  private static void weight(float[] line, float[] weights, float times, int count) {
    for (int i = 0; i < count; i++) {
      line[i] = line[i] * times * weights[i];
    }
  }
}
