package org.frameline.analysis.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.frameline.analysis.images.ChosenFrames;
import org.frameline.analysis.images.FrameSeries;
import org.frameline.protocol.ColourFilter;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameShape;
import org.frameline.protocol.PixelFormat;

/**
 * Turns the images of a series into pictures. Whole numbers keep their bits where nothing else is
 * asked for; to 8 bits they lose their lower ones. Other numbers are spread over the samples from
 * the lowest to the highest that is found. Not thread-safe.
 */
final class PictureMaker {
  private static final int BYTE_VALUES = 1 << Byte.SIZE;
  private static final int SHORT_VALUES = 1 << Short.SIZE;

  /** How deep pictures may be. */
  enum Depth {
    /** 8 bits, for screens. */
    EIGHT,
    /** As many as the values have, 16 for real numbers. */
    ALL
  }

  private final FrameSeries series;
  private final int width;
  private final int height;
  private final int channels;
  private final int bits;
  private final int significantBits;
  // One of these two, or none where samples are the values as they are.
  private final byte[] byteTable;
  private final short[] shortTable;
  private final ValuePlane plane;
  private final Levels levels;
  private final byte[] samples;

  /**
   * Prepares.
   *
   * @param chosen the images that are wanted, from which levels are taken when they are looked for
   * @throws IOException when the images are of a kind that no picture can be made of, or cannot be
   *     read
   */
  PictureMaker(FrameSeries series, Depth depth, Levels levels, ChosenFrames chosen)
      throws IOException {
    this.series = series;
    ElementType type = series.type();
    boolean whole = type == ElementType.UINT8 || type == ElementType.UINT16;
    plane = whole ? null : new ValuePlane(series);
    FrameShape shape = whole ? picture(series) : FrameShape.of(plane.height(), plane.width(), 1);
    height = shape.height();
    width = shape.width();
    channels = shape.channels();
    bits = depth == Depth.EIGHT || type == ElementType.UINT8 ? Byte.SIZE : Short.SIZE;
    boolean look =
        levels.kind() == Levels.Kind.AUTO || (!whole && levels.kind() == Levels.Kind.FULL);
    this.levels = look ? LevelSearch.in(series, plane, chosen) : levels;
    significantBits =
        series.pixelFormat().map(PixelFormat::significantBits).orElse(Byte.SIZE * type.bytes());
    byteTable = whole && bits == Byte.SIZE ? byteTable(type) : null;
    shortTable =
        whole && bits == Short.SIZE && this.levels.kind() != Levels.Kind.FULL ? shortTable() : null;
    boolean asTheyAre = byteTable == null && shortTable == null && plane == null;
    samples = asTheyAre ? null : new byte[width * height * channels * bits / Byte.SIZE];
  }

  private static FrameShape picture(FrameSeries series) throws IOException {
    FrameShape shape = FrameShape.find(series.shape()).orElse(null);
    if (shape == null || !shape.isPicture()) {
      throw new IOException(
          series.file()
              + ": expected images [H,W], [H,W,1] or [H,W,3], found "
              + series.shape()
              + " of "
              + series.type().wireName());
    }
    Optional<PixelFormat> format = series.pixelFormat();
    if (format.isPresent() && format.get().colourFilter() != ColourFilter.NONE) {
      throw new IOException(
          series.file()
              + ": expected grey or colour, found "
              + format.get().pfncName()
              + ", whose pixels see one colour each");
    }
    return shape;
  }

  /** Null where the samples are the values. */
  private byte[] byteTable(ElementType type) {
    boolean narrow = type == ElementType.UINT8;
    if (narrow && levels.kind() == Levels.Kind.FULL) {
      return null;
    }
    IntUnaryOperator sample =
        levels.kind() == Levels.Kind.FULL
            ? value -> value >> (significantBits - Byte.SIZE)
            : value -> levels.sample(value, BYTE_VALUES - 1);
    byte[] table = new byte[narrow ? BYTE_VALUES : SHORT_VALUES];
    for (int value = 0; value < table.length; value++) {
      table[value] = (byte) sample.applyAsInt(value);
    }
    return table;
  }

  private short[] shortTable() {
    short[] table = new short[SHORT_VALUES];
    for (int value = 0; value < table.length; value++) {
      table[value] = (short) levels.sample(value, SHORT_VALUES - 1);
    }
    return table;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** 1 for grey, 3 for colour. */
  int channels() {
    return channels;
  }

  /** Size of a picture in memory. */
  long bytes() {
    return (long) width * height * channels * bits / Byte.SIZE;
  }

  /** Bits of a sample, 8 or 16. */
  int bits() {
    return bits;
  }

  /**
   * Makes a picture, which is valid until the next is made.
   *
   * @throws IOException when the image cannot be read
   */
  Picture make(int row) throws IOException {
    ByteBuffer values = series.values(row).order(ByteOrder.LITTLE_ENDIAN);
    if (samples == null) {
      return new Picture(width, height, channels, bits, values);
    }
    ByteBuffer made = ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN);
    if (plane != null) {
      spread(plane.values(values), made);
    } else if (byteTable != null && byteTable.length == BYTE_VALUES) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] = byteTable[Byte.toUnsignedInt(values.get(values.position() + i))];
      }
    } else if (byteTable != null) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] = byteTable[Short.toUnsignedInt(values.getShort(values.position() + 2 * i))];
      }
    } else {
      while (made.hasRemaining()) {
        made.putShort(shortTable[Short.toUnsignedInt(values.getShort())]);
      }
    }
    return new Picture(width, height, channels, bits, made.clear());
  }

  private void spread(float[] values, ByteBuffer made) {
    for (float value : values) {
      if (bits == Byte.SIZE) {
        made.put((byte) levels.sample(value, BYTE_VALUES - 1));
      } else {
        made.putShort((short) levels.sample(value, SHORT_VALUES - 1));
      }
    }
  }
}
