package org.frameline.analysis.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * PNG (ISO/IEC 15948), 8 or 16 bits, grey or colour, not interlaced. Each sample is stored as the
 * difference to that of the pixel before it, and deflated as fast as that goes: Java's own writer
 * takes more than twice the time, and its files are larger. Used once; not thread-safe.
 */
final class PngCoder {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte COLOUR = 2;
  private static final byte DIFFERENCE_TO_THE_LEFT = 1;
  private static final int HEADER_BYTES = 13;
  private static final int NAME_BYTES = 4;
  private static final int DATA_BYTES = 1 << 16;

  /** One of so many rows is tried. */
  private static final int TRY_EVERY = 32;

  /** So much larger a file may become if that spares a third of the time. */
  private static final double LARGER = 1.05;

  private final Picture picture;
  private final WritableByteChannel to;
  private final int pixelBytes;
  private final CRC32 checksum = new CRC32();
  private final ByteBuffer data = ByteBuffer.allocate(DATA_BYTES);
  private final byte[] row;
  private final byte[] differences;

  private PngCoder(Picture picture, WritableByteChannel to) {
    this.picture = picture;
    this.to = to;
    pixelBytes = picture.channels() * picture.bits() / Byte.SIZE;
    row = new byte[picture.width() * pixelBytes];
    differences = new byte[1 + row.length];
    differences[0] = DIFFERENCE_TO_THE_LEFT;
  }

  /** Writes a whole file. */
  static void write(Picture picture, WritableByteChannel to) throws IOException {
    new PngCoder(picture, to).write();
  }

  private void write() throws IOException {
    writeFully(ByteBuffer.wrap(SIGNATURE));
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    header.putInt(picture.width()).putInt(picture.height()).put((byte) picture.bits());
    header.put(picture.channels() == 1 ? 0 : COLOUR);
    writeChunk("IHDR", header.clear());
    Deflater deflater = deflater(strategy());
    try {
      writeRows(deflater);
    } finally {
      deflater.end();
    }
    writeChunk("IEND", ByteBuffer.allocate(0));
  }

  private static Deflater deflater(int strategy) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    deflater.setStrategy(strategy);
    return deflater;
  }

  /** Noise has no repetitions, which are not looked for then. */
  private int strategy() {
    long alone = triedBytes(Deflater.HUFFMAN_ONLY);
    return alone <= LARGER * triedBytes(Deflater.DEFAULT_STRATEGY)
        ? Deflater.HUFFMAN_ONLY
        : Deflater.DEFAULT_STRATEGY;
  }

  private long triedBytes(int strategy) {
    Deflater deflater = deflater(strategy);
    try {
      for (int y = 0; y < picture.height(); y += TRY_EVERY) {
        readDifferences(y);
        deflater.setInput(differences);
        while (!deflater.needsInput()) {
          deflater.deflate(data.clear());
        }
      }
      deflater.finish();
      while (!deflater.finished()) {
        deflater.deflate(data.clear());
      }
      return deflater.getBytesWritten();
    } finally {
      deflater.end();
      data.clear();
    }
  }

  private void readDifferences(int y) {
    picture.samples().get(picture.samples().position() + y * row.length, row);
    if (picture.bits() == Short.SIZE) {
      exchangeBytes(row);
    }
    System.arraycopy(row, 0, differences, 1, pixelBytes);
    subtract(row, pixelBytes, differences);
  }

  private void writeRows(Deflater deflater) throws IOException {
    for (int y = 0; y < picture.height(); y++) {
      readDifferences(y);
      deflater.setInput(differences);
      while (!deflater.needsInput()) {
        deflate(deflater);
      }
    }
    deflater.finish();
    while (!deflater.finished()) {
      deflate(deflater);
    }
    writeChunk("IDAT", data.flip());
  }

  private void deflate(Deflater deflater) throws IOException {
    deflater.deflate(data);
    if (!data.hasRemaining()) {
      writeChunk("IDAT", data.flip());
      data.clear();
    }
  }

  /** PNG has the higher byte of a sample first. */
  private static void exchangeBytes(byte[] row) {
    for (int i = 0; i < row.length; i += Short.BYTES) {
      byte low = row[i];
      row[i] = row[i + 1];
      row[i + 1] = low;
    }
  }

  private static void subtract(byte[] row, int distance, byte[] differences) {
    for (int i = distance; i < row.length; i++) {
      differences[i + 1] = (byte) (row[i] - row[i - distance]);
    }
  }

  private void writeChunk(String name, ByteBuffer content) throws IOException {
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer chunk =
        ByteBuffer.allocate(Integer.BYTES + NAME_BYTES + content.remaining() + Integer.BYTES);
    chunk.putInt(content.remaining()).put(type);
    checksum.reset();
    checksum.update(type);
    checksum.update(content.duplicate());
    writeFully(chunk.put(content).putInt((int) checksum.getValue()).flip());
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }
}
