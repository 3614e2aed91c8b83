package org.frameline.recording.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.hdf5.ChunkIndex;
import org.frameline.recording.hdf5.Fletcher32;
import org.frameline.recording.hdf5.HeaderMessage;
import org.frameline.recording.hdf5.MetadataImage;
import org.frameline.recording.hdf5.ObjectHeaders;
import org.frameline.recording.hdf5.OpenChunk;

/**
 * A small dataset that gets rows of 8-byte integers: frame numbers, timestamps, missing frames,
 * outages. The space of a chunk is written with zeros when the chunk begins, so rows can be filled
 * in even when the disk is full by then; rows beyond the dataspace are invisible to readers.
 *
 * <p>Guarded by the writer's lock.
 */
final class RowTable {

  private static final int ROWS_PER_CHUNK = 1024;
  private static final int MIN_NODE_BYTES = 512;

  private final FileBody file;
  private final int columns;
  private final byte[] datatype;
  private final Checksum checksum;
  private final ByteBuffer chunk;
  private final PlainChunks chunks;
  private final Fletcher32 sum = new Fletcher32();
  private long rows;
  private long reserved = HeaderMessage.UNDEFINED;
  private int flushedBytes;

  /** A table of {@code columns} numbers per row; one column makes a one-dimensional dataset. */
  RowTable(FileBody file, int columns, byte[] datatype, Checksum checksum) {
    this.file = file;
    this.columns = columns;
    this.datatype = datatype;
    this.checksum = checksum;
    int rowBytes = columns * Long.BYTES;
    chunk = ByteBuffer.allocate(ROWS_PER_CHUNK * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    int dimensions = columns == 1 ? 1 : 2;
    chunks = new PlainChunks(file, checksum, chunk.capacity(), dimensions, MIN_NODE_BYTES);
  }

  /** Makes sure that the next row has its place on the disk. */
  void reserveRow() throws IOException {
    boolean needsChunk = inChunk() == 0;
    if (needsChunk && reserved == HeaderMessage.UNDEFINED) {
      flush();
      reserved = file.append(ByteBuffer.allocate((int) chunks.storedBytes()));
    }
  }

  /** Adds a row whose place was reserved. */
  void add(long... row) {
    if (inChunk() == 0) {
      chunks.begin(reserved);
      reserved = HeaderMessage.UNDEFINED;
      chunk.clear();
      flushedBytes = 0;
    }
    for (long number : row) {
      chunk.putLong(number);
    }
    rows++;
  }

  /** Writes the rows that the file does not have yet. */
  void flush() throws IOException {
    if (chunk.position() > flushedBytes) {
      ByteBuffer fresh = chunk.duplicate().flip().position(flushedBytes);
      file.write(fresh, chunks.address() + flushedBytes);
      flushedBytes = chunk.position();
    }
    if (!chunk.hasRemaining()) {
      seal();
    }
  }

  /** Completes the last chunk, behind whose rows there are zeros; no row is added after that. */
  void seal() throws IOException {
    if (chunks.open()) {
      sumRows().updateZeros(chunk.remaining());
      chunks.seal(chunks.address(), sum.value());
    }
  }

  private Fletcher32 sumRows() {
    return sum.reset().update(chunk.duplicate().flip());
  }

  /** Places the dataset and returns the address of its header. */
  long place(MetadataImage image, List<HeaderMessage> more) {
    int[] chunkShape =
        columns == 1 ? new int[] {ROWS_PER_CHUNK} : new int[] {ROWS_PER_CHUNK, columns};
    HeaderMessage space =
        columns == 1 ? HeaderMessage.growing(rows) : HeaderMessage.growing(rows, columns);
    ChunkIndex index = chunks.index();
    HeaderMessage layout =
        HeaderMessage.chunkedLayout(chunkShape, Long.BYTES, index.nodeBytes(), index.place(image));
    List<HeaderMessage> messages = new ArrayList<>();
    HeaderMessage.filters(Compression.NONE, checksum, Long.BYTES).ifPresent(messages::add);
    openChunk().map(OpenChunk::message).ifPresent(messages::add);
    messages.addAll(more);
    return image.place(
        ObjectHeaders.of(space, datatype, layout, messages.toArray(HeaderMessage[]::new)));
  }

  private Optional<OpenChunk> openChunk() {
    return chunks.checksummed() && chunks.open()
        ? Optional.of(new OpenChunk(chunk.position() / (columns * Long.BYTES), sumRows().value()))
        : Optional.empty();
  }

  void settle() {
    chunks.index().settle();
  }

  boolean isEmpty() {
    return rows == 0;
  }

  private int inChunk() {
    return (int) (rows % ROWS_PER_CHUNK);
  }
}
