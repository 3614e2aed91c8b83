package org.frameline.analysis.plot;

import java.nio.ByteBuffer;
import org.frameline.protocol.ElementType;

/** Mean and largest value of images, one after the other. Not thread-safe. */
final class Brightness {
  private double mean;
  private double largest;

  /**
   * Looks at an image.
   *
   * @param image little-endian values between position and limit
   * @param type uint8, uint16, float32 or float64
   */
  void see(ByteBuffer image, ElementType type) {
    int count = image.remaining() / type.bytes();
    switch (type) {
      case UINT8 -> seeBytes(image, count);
      case UINT16 -> seeShorts(image, count);
      default -> seeFractions(image, type, count);
    }
  }

  private void seeBytes(ByteBuffer image, int count) {
    long sum = 0;
    int most = 0;
    int at = image.position();
    for (int i = 0; i < count; i++) {
      int value = image.get(at + i) & 0xFF;
      sum += value;
      most = Math.max(most, value);
    }
    mean = (double) sum / count;
    largest = most;
  }

  private void seeShorts(ByteBuffer image, int count) {
    long sum = 0;
    int most = 0;
    int at = image.position();
    for (int i = 0; i < count; i++) {
      int value = image.getShort(at + 2 * i) & 0xFFFF;
      sum += value;
      most = Math.max(most, value);
    }
    mean = (double) sum / count;
    largest = most;
  }

  private void seeFractions(ByteBuffer image, ElementType type, int count) {
    double sum = 0;
    double most = Double.NEGATIVE_INFINITY;
    int at = image.position();
    boolean single = type == ElementType.FLOAT32;
    for (int i = 0; i < count; i++) {
      double value = single ? image.getFloat(at + 4 * i) : image.getDouble(at + 8 * i);
      sum += value;
      most = Math.max(most, value);
    }
    mean = sum / count;
    largest = most;
  }

  /** Over all pixels and channels. */
  double mean() {
    return mean;
  }

  double largest() {
    return largest;
  }
}
