package org.frameline.analysis.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/**
 * Baseline TIFF (revision 6.0, 1992), little-endian, not compressed, 8 or 16 bits, grey or colour:
 * the samples as they are, in one strip. Stateless.
 */
final class TiffCoder {
  private static final short MAGIC = 42;
  private static final short SHORT = 3;
  private static final short LONG = 4;
  private static final short RATIONAL = 5;
  private static final int ENTRIES = 13;
  private static final int DIRECTORY_AT = 8;
  private static final int VALUES_AT = DIRECTORY_AT + 2 + 12 * ENTRIES + 4;
  private static final int RATIONAL_BYTES = 8;
  private static final int BLACK_IS_ZERO = 1;
  private static final int RGB = 2;

  private TiffCoder() {}

  /** Writes a whole file. */
  static void write(Picture picture, WritableByteChannel to) throws IOException {
    ByteBuffer samples = picture.samples().duplicate();
    int channels = picture.channels();
    int resolutionAt = VALUES_AT + Short.BYTES * (channels == 1 ? 0 : channels + 1);
    int samplesAt = resolutionAt + RATIONAL_BYTES;
    ByteBuffer head = ByteBuffer.allocate(samplesAt).order(ByteOrder.LITTLE_ENDIAN);
    head.put((byte) 'I').put((byte) 'I').putShort(MAGIC).putInt(DIRECTORY_AT);
    head.putShort((short) ENTRIES);
    put(head, 256, LONG, 1, picture.width());
    put(head, 257, LONG, 1, picture.height());
    // Bits of each sample: three do not fit into the entry.
    put(head, 258, SHORT, channels, channels == 1 ? picture.bits() : VALUES_AT);
    // No compression.
    put(head, 259, SHORT, 1, 1);
    put(head, 262, SHORT, 1, channels == 1 ? BLACK_IS_ZERO : RGB);
    put(head, 273, LONG, 1, samplesAt);
    put(head, 277, SHORT, 1, channels);
    put(head, 278, LONG, 1, picture.height());
    put(head, 279, LONG, 1, samples.remaining());
    // Pixels have no size, which is 1 in both directions, without a unit.
    put(head, 282, RATIONAL, 1, resolutionAt);
    put(head, 283, RATIONAL, 1, resolutionAt);
    // The channels of a pixel beside each other.
    put(head, 284, SHORT, 1, 1);
    put(head, 296, SHORT, 1, 1);
    head.position(VALUES_AT);
    for (int i = 0; i < channels && channels > 1; i++) {
      head.putShort((short) picture.bits());
    }
    head.position(resolutionAt);
    writeFully(head.putInt(1).putInt(1).flip(), to);
    writeFully(samples, to);
  }

  /** An entry of the directory. A short that stands in it is in its first two bytes. */
  private static void put(ByteBuffer directory, int tag, short type, int count, int value) {
    directory.putShort((short) tag).putShort(type).putInt(count).putInt(value);
  }

  private static void writeFully(ByteBuffer bytes, WritableByteChannel to) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }
}
