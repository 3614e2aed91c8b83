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
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameShape;
import org.frameline.protocol.PixelFormat;

/** Frames as pictures, with all their bits. Without state. */
public final class FramePicture {
  private FramePicture() {}

  /**
   * A picture of a frame.
   *
   * @param shape grey or colour
   * @param pixels of uint8 or uint16, little endian
   * @throws IllegalArgumentException saying what was expected and what came
   */
  public static BufferedImage of(FrameShape shape, ElementType type, ByteBuffer pixels) {
    boolean wide = type == ElementType.UINT16;
    if (!shape.isPicture() || (!wide && type != ElementType.UINT8)) {
      throw new IllegalArgumentException(
          "expected [H,W] or [H,W,3] of uint8 or uint16, found "
              + shape.lengths()
              + " of "
              + type.wireName());
    }
    ByteBuffer source = pixels.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (wide) {
      BufferedImage image = deep(shape);
      source.asShortBuffer().get(((DataBufferUShort) image.getRaster().getDataBuffer()).getData());
      return image;
    }
    int kind = shape.isGrey() ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
    BufferedImage image = new BufferedImage(shape.width(), shape.height(), kind);
    byte[] values = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    if (shape.isGrey()) {
      source.get(values);
      return image;
    }
    for (int i = 0; i < values.length; i += 3) {
      values[i + 2] = source.get();
      values[i + 1] = source.get();
      values[i] = source.get();
    }
    return image;
  }

  /** The same for people: white is the highest value of the format. */
  public static BufferedImage onScreen(FrameShape shape, PixelFormat format, ByteBuffer pixels) {
    BufferedImage image = of(shape, format.elementType(), pixels);
    int spare = Byte.SIZE * format.elementType().bytes() - format.significantBits();
    if (image.getRaster().getDataBuffer() instanceof DataBufferUShort values) {
      short[] data = values.getData();
      for (int i = 0; i < data.length; i++) {
        data[i] = (short) (data[i] << spare);
      }
    }
    return image;
  }

  /** With 16 bits; for red, green and blue of that kind Java has no type of picture. */
  private static BufferedImage deep(FrameShape shape) {
    int width = shape.width();
    int height = shape.height();
    if (shape.isGrey()) {
      return new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
    }
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
