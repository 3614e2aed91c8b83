package org.frameline.recording.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.frameline.recording.Checksum;
import org.frameline.recording.hdf5.ChunkIndex;
import org.frameline.recording.hdf5.ChunkRecords;
import org.frameline.recording.hdf5.Fletcher32;
import org.frameline.recording.hdf5.HeaderMessage;
import org.frameline.recording.hdf5.IndexGeometry;
import org.frameline.recording.hdf5.OpenChunk;

/**
 * Chunks that are filled in place while the recording goes on, with their index.
 *
 * <p>With checksums: as long as a chunk is filled, its record says that the filter was not applied
 * to it, which HDF5 allows for each chunk. So what readers of an earlier state read stays right
 * whatever is added. Once nothing follows, the chunk is sealed: its checksum is written behind it,
 * where no reader has looked so far, and its record is replaced. Meanwhile {@link OpenChunk} has
 * the checksum of what is there.
 *
 * <p>Guarded by the writer's lock.
 */
final class PlainChunks {

  private static final int NO_CHECKSUM = 1;

  private final FileBody file;
  private final Checksum checksum;
  private final int chunkBytes;
  private final ChunkRecords records;
  private final ChunkIndex index;
  private final ByteBuffer sumBytes =
      ByteBuffer.allocateDirect(Fletcher32.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long count;
  private long address = HeaderMessage.UNDEFINED;
  private boolean sealed = true;

  /**
   * No chunks yet.
   *
   * @param chunkBytes size of a chunk without its checksum
   * @param dimensions of the dataset
   * @param minNodeBytes about the size of the index's nodes
   */
  PlainChunks(FileBody file, Checksum checksum, int chunkBytes, int dimensions, int minNodeBytes) {
    this.file = file;
    this.checksum = checksum;
    this.chunkBytes = chunkBytes;
    records = new ChunkRecords(chunkBytes, dimensions, checksum != Checksum.NONE);
    index = new ChunkIndex(records.treeType(), IndexGeometry.of(minNodeBytes, records.bytes()));
  }

  boolean checksummed() {
    return checksum != Checksum.NONE;
  }

  /** Size of a chunk in the file. */
  long storedBytes() {
    return (long) chunkBytes + checksum.bytes();
  }

  /** Adds a chunk that will be filled; its space is there. */
  void begin(long chunkAddress) {
    index.append(records.of(chunkAddress, chunkBytes, NO_CHECKSUM, count));
    address = chunkAddress;
    sealed = false;
    count++;
  }

  /**
   * Completes the last chunk, or a new one, of which all but the checksum is in the file.
   *
   * @param sum the checksum of its bytes; unused without checksums
   */
  void seal(long chunkAddress, int sum) throws IOException {
    if (checksummed()) {
      file.write(sumBytes.clear().putInt(sum).flip(), chunkAddress + chunkBytes);
    }
    complete(chunkAddress);
  }

  /**
   * Writes what is missing at the end of a chunk. It is as it was before for the index, until it is
   * said to be {@link #complete}.
   *
   * @param sum the checksum of all its bytes; unused without checksums
   */
  void writeEnd(long chunkAddress, ByteBuffer rest, int sum) throws IOException {
    long position = chunkAddress + chunkBytes - rest.remaining();
    if (checksummed()) {
      file.write(rest, sumBytes.clear().putInt(sum).flip(), position);
    } else {
      file.write(rest, position);
    }
  }

  /** The chunk at an address, which is the last one or a new one, is in the file to its end. */
  void complete(long chunkAddress) {
    if (chunkAddress != address) {
      begin(chunkAddress);
    }
    index.replaceLast(records.of(address, storedBytes(), 0, count - 1));
    sealed = true;
  }

  /** Whether there is a chunk that is not sealed. */
  boolean open() {
    return !sealed;
  }

  /** Where the last chunk is. */
  long address() {
    return address;
  }

  ChunkIndex index() {
    return index;
  }
}
