package org.frameline.recording.write;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import org.frameline.protocol.FramePixels;
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
  private final FrameNotes[] notes;
  private int count;
  private int stored;

  ChunkCompressor(ChunkShape shape, Checksum checksum) {
    this.shape = shape;
    this.checksum = checksum;
    // Deflate of what cannot be compressed adds 5 bytes per stored block; this is ample.
    compressed =
        ByteBuffer.allocateDirect(shape.bytes() + shape.bytes() / 8 + 128)
            .order(ByteOrder.LITTLE_ENDIAN);
    gathered = new byte[shape.bytes()];
    shuffled = new byte[shape.elementBytes() == 1 ? 0 : shape.bytes()];
    notes = new FrameNotes[shape.frames()];
  }

  void clear() {
    count = 0;
    stored = 0;
  }

  /** Copies a frame; false when its pixels were overwritten meanwhile, and nothing was added. */
  boolean add(FrameNotes about, FramePixels pixels) {
    if (!pixels.copyTo(ByteBuffer.wrap(gathered).position(count * shape.frameBytes()))) {
      return false;
    }
    notes[count] = about;
    count++;
    return true;
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
    FrameNotes next = notes[stored];
    rows.add(next.number(), next.timestampNs(), next.origin());
    stored++;
  }

  /** Compresses the chunk; places of frames that are still to come count as zeros. */
  @Override
  public ByteBuffer get() {
    Arrays.fill(gathered, count * shape.frameBytes(), gathered.length, (byte) 0);
    deflater.reset();
    deflater.setInput(shape.elementBytes() == 1 ? gathered : shuffled());
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

  /** All first bytes of the elements, then all second bytes, and so on. */
  private byte[] shuffled() {
    int elementBytes = shape.elementBytes();
    int to = 0;
    for (int plane = 0; plane < elementBytes; plane++) {
      for (int from = plane; from < shuffled.length; from += elementBytes) {
        shuffled[to++] = gathered[from];
      }
    }
    return shuffled;
  }
}
