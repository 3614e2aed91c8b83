package org.frameline.recording.write;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import org.frameline.protocol.Origin;
import org.frameline.recording.Checksum;
import org.frameline.recording.hdf5.Fletcher32;

/**
 * One chunk on its way through HDF5's shuffle, deflate and fletcher32 filters, with the frames'
 * numbers and times. Reused for chunk after chunk. Filled by the writing thread, compressed by one
 * thread of the pool, then read by the writing thread again.
 */
final class ChunkCompressor implements Supplier<ByteBuffer> {

  private static final int LEVEL = 1;

  private final ChunkShape shape;
  private final Checksum checksum;
  private final Fletcher32 sum = new Fletcher32();
  private final Deflater deflater = new Deflater(LEVEL);
  private final ByteBuffer compressed;
  private final byte[] gathered;
  private final byte[] shuffled;
  private final long[] numbers;
  private final long[] timestamps;
  private final Origin[] origins;
  private ByteBuffer onlyFrame;
  private int count;
  private int stored;

  ChunkCompressor(ChunkShape shape, Checksum checksum) {
    this.shape = shape;
    this.checksum = checksum;
    // Deflate of what cannot be compressed adds 5 bytes per stored block; this is ample.
    compressed =
        ByteBuffer.allocateDirect(shape.bytes() + shape.bytes() / 8 + 128)
            .order(ByteOrder.LITTLE_ENDIAN);
    gathered = new byte[shape.frames() == 1 ? 0 : shape.bytes()];
    shuffled = new byte[shape.elementBytes() == 1 ? 0 : shape.bytes()];
    numbers = new long[shape.frames()];
    timestamps = new long[shape.frames()];
    origins = new Origin[shape.frames()];
  }

  void clear() {
    onlyFrame = null;
    count = 0;
    stored = 0;
  }

  void add(long frameNumber, long timestampNs, Origin origin, ByteBuffer pixels) {
    numbers[count] = frameNumber;
    timestamps[count] = timestampNs;
    origins[count] = origin;
    if (shape.frames() == 1) {
      onlyFrame = pixels;
    } else {
      pixels.get(gathered, count * shape.frameBytes(), shape.frameBytes());
    }
    count++;
  }

  int count() {
    return count;
  }

  boolean isFull() {
    return count == shape.frames();
  }

  /** Frames of this chunk that the file has already, in a chunk that was not full. */
  int stored() {
    return stored;
  }

  /** Counts one more frame as being in the file. */
  void addRowTo(FrameRows rows) {
    rows.add(numbers[stored], timestamps[stored], origins[stored]);
    stored++;
  }

  /** Compresses the chunk; places of frames that are still to come count as zeros. */
  @Override
  public ByteBuffer get() {
    ByteBuffer input = shape.frames() == 1 ? onlyFrame.slice() : gathered();
    deflater.reset();
    deflater.setInput(shape.elementBytes() == 1 ? input : shuffle(input));
    deflater.finish();
    compressed.clear();
    while (!deflater.finished()) {
      if (deflater.deflate(compressed) == 0 && !deflater.finished()) {
        throw new IllegalStateException(
            "expected a chunk of " + shape.bytes() + " bytes to fit " + compressed.capacity());
      }
    }
    if (checksum != Checksum.NONE) {
      int end = compressed.position();
      int value = sum.reset().update(compressed.flip()).value();
      compressed.limit(end + Fletcher32.BYTES).putInt(end, value);
      return compressed;
    }
    return compressed.flip();
  }

  /** Releases zlib's memory. */
  void end() {
    deflater.end();
  }

  private ByteBuffer gathered() {
    Arrays.fill(gathered, count * shape.frameBytes(), gathered.length, (byte) 0);
    return ByteBuffer.wrap(gathered);
  }

  /** All first bytes of the elements, then all second bytes, and so on. */
  private ByteBuffer shuffle(ByteBuffer input) {
    byte[] elements = gathered;
    if (input.hasArray() && input.arrayOffset() == 0 && input.capacity() == shape.bytes()) {
      elements = input.array();
    } else {
      elements = new byte[shape.bytes()];
      input.get(elements);
    }
    int elementBytes = shape.elementBytes();
    int to = 0;
    for (int plane = 0; plane < elementBytes; plane++) {
      for (int from = plane; from < shuffled.length; from += elementBytes) {
        shuffled[to++] = elements[from];
      }
    }
    return ByteBuffer.wrap(shuffled);
  }
}
