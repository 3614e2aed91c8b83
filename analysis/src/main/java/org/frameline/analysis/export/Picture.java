package org.frameline.analysis.export;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One picture, ready to be stored: grey or red, green, blue; samples of 8 or 16 bits. Valid until
 * its maker makes the next.
 *
 * @param channels 1 or 3
 * @param bits of a sample, 8 or 16
 * @param samples {@code [H,W]} or {@code [H,W,3]}, little-endian, in C order; not to be written to
 */
record Picture(int width, int height, int channels, int bits, ByteBuffer samples) {
  Picture {
    samples = samples.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    long expected = (long) width * height * channels * bits / Byte.SIZE;
    if (samples.remaining() != expected) {
      throw new IllegalArgumentException(
          "expected " + expected + " bytes of samples, found " + samples.remaining());
    }
  }

  /** One of Java's, in colour, 8 bits. */
  static Picture of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    ByteBuffer samples = ByteBuffer.allocate(Math.multiplyExact(3 * width, height));
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int rgb : row) {
        samples.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
      }
    }
    return new Picture(width, height, 3, Byte.SIZE, samples.flip());
  }

  /** The same in memory of its own. */
  Picture copy() {
    ByteBuffer own = ByteBuffer.allocate(samples.remaining()).put(samples.duplicate()).flip();
    return new Picture(width, height, channels, bits, own);
  }

  /** A sample that has 8 bits. */
  int sample(int x, int y, int channel) {
    return Byte.toUnsignedInt(
        samples.get(samples.position() + (y * width + x) * channels + channel));
  }
}
