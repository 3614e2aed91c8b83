package org.frameline.analysis.export;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.frameline.analysis.picture.FramePicture;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameShape;

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

  /** A copy, as Java has pictures; with all bits. */
  BufferedImage image() {
    return FramePicture.of(
        FrameShape.of(height, width, channels),
        bits == Byte.SIZE ? ElementType.UINT8 : ElementType.UINT16,
        samples);
  }

  /** A sample that has 8 bits. */
  int sample(int x, int y, int channel) {
    return Byte.toUnsignedInt(
        samples.get(samples.position() + (y * width + x) * channels + channel));
  }
}
