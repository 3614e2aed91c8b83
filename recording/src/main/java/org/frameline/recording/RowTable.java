package org.frameline.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

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
  private static final int UNFILTERED = 10;

  private final RecordingFile file;
  private final int columns;
  private final byte[] datatype;
  private final ByteBuffer chunk;
  private final ChunkIndex index;
  private long rows;
  private long chunkAddress;
  private long reserved = Message.UNDEFINED;
  private int flushedBytes;

  /** A table of {@code columns} numbers per row; one column makes a one-dimensional dataset. */
  RowTable(RecordingFile file, int columns, byte[] datatype) {
    this.file = file;
    this.columns = columns;
    this.datatype = datatype;
    int rowBytes = columns * Long.BYTES;
    chunk = ByteBuffer.allocate(ROWS_PER_CHUNK * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    int recordBytes = Long.BYTES + dimensions() * Long.BYTES;
    index = new ChunkIndex(UNFILTERED, IndexGeometry.of(MIN_NODE_BYTES, recordBytes));
  }

  /** Makes sure that the next row has its place on the disk. */
  void reserveRow() throws IOException {
    boolean needsChunk = rows % ROWS_PER_CHUNK == 0;
    if (needsChunk && reserved == Message.UNDEFINED) {
      flush();
      reserved = file.append(ByteBuffer.allocate(chunk.capacity()));
    }
  }

  /** Adds a row whose place was reserved. */
  void add(long... row) {
    if (rows % ROWS_PER_CHUNK == 0) {
      chunkAddress = reserved;
      reserved = Message.UNDEFINED;
      chunk.clear();
      flushedBytes = 0;
      Bytes chunkRecord = new Bytes().u64(chunkAddress).u64(rows / ROWS_PER_CHUNK);
      index.append(chunkRecord.sized(0, Long.BYTES * (dimensions() - 1)).toArray());
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
      file.write(fresh, chunkAddress + flushedBytes);
      flushedBytes = chunk.position();
    }
  }

  /** Places the dataset and returns the address of its header. */
  long place(Image image, List<Message> more) {
    int[] chunkShape =
        columns == 1 ? new int[] {ROWS_PER_CHUNK} : new int[] {ROWS_PER_CHUNK, columns};
    Message space = columns == 1 ? Message.growing(rows) : Message.growing(rows, columns);
    Message layout =
        Message.chunkedLayout(chunkShape, Long.BYTES, index.nodeBytes(), index.place(image));
    return image.place(ObjectHeaders.of(space, datatype, layout, more.toArray(Message[]::new)));
  }

  void settle() {
    index.settle();
  }

  boolean isEmpty() {
    return rows == 0;
  }

  private int dimensions() {
    return columns == 1 ? 1 : 2;
  }
}
