package org.frameline.analysis.picture;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.frameline.protocol.ElementType;

/** Frames as pictures, with all their bits. Without state. */
public final class FramePicture {
  private FramePicture() {}

  /**
   * A picture of a frame.
   *
   * @param pixels {@code [H,W]} or {@code [H,W,3]} of uint8 or uint16, little endian
   */
  public static BufferedImage of(List<Integer> shape, ElementType type, ByteBuffer pixels) {
    ByteBuffer source = pixels.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int height = shape.get(0);
    int width = shape.size() > 1 ? shape.get(1) : 1;
    if (shape.size() == 3 && shape.get(2) == 3 && type == ElementType.UINT8) {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
      byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
      for (int i = 0; i < bgr.length; i += 3) {
        bgr[i + 2] = source.get();
        bgr[i + 1] = source.get();
        bgr[i] = source.get();
      }
      return image;
    }
    if (shape.size() == 2 && type == ElementType.UINT8) {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
      source.get(((DataBufferByte) image.getRaster().getDataBuffer()).getData());
      return image;
    }
    if (shape.size() == 2 && type == ElementType.UINT16) {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
      source.asShortBuffer().get(((DataBufferUShort) image.getRaster().getDataBuffer()).getData());
      return image;
    }
    if (shape.size() == 3 && shape.get(2) == 3 && type == ElementType.UINT16) {
      BufferedImage image = deepColour(width, height);
      source.asShortBuffer().get(((DataBufferUShort) image.getRaster().getDataBuffer()).getData());
      return image;
    }
    throw new IllegalArgumentException(
        "expected [H,W] or [H,W,3] of uint8 or uint16, found " + shape + " of " + type.wireName());
  }

  /** For 16 bits of red, green and blue, for which Java has no type of picture. */
  private static BufferedImage deepColour(int width, int height) {
    ComponentColorModel colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    return new BufferedImage(
        colours, colours.createCompatibleWritableRaster(width, height), false, null);
  }
}
