package org.frameline.recording.stored;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.hdf5.Datatype;
import org.frameline.recording.hdf5.HeaderMessage;
import org.frameline.recording.hdf5.OpenChunk;

/**
 * A dataset of chunks in a file, as our writer makes them: growing in its first dimension, chunks
 * of whole rows found through a version 2 B-tree. Immutable.
 *
 * @param what names it in an error
 * @param dimensions the first is the number of rows
 * @param datatype as {@link Datatype} encodes it
 * @param rowsPerChunk rows in a chunk
 * @param elementBytes size of an element
 * @param nodeBytes size of a node of the B-tree
 * @param indexAddress header of the B-tree, {@link HeaderMessage#UNDEFINED} without chunks
 * @param compression GZIP when chunks are shuffled and deflated
 * @param checksum what is behind each chunk
 * @param openChunk the last chunk, when it has no checksum yet
 */
public record StoredDataset(
    String what,
    List<Long> dimensions,
    ByteBuffer datatype,
    int rowsPerChunk,
    int elementBytes,
    int nodeBytes,
    long indexAddress,
    Compression compression,
    Checksum checksum,
    Optional<OpenChunk> openChunk) {

  private static final int DATASPACE = 0x01;
  private static final int DATATYPE = 0x03;
  private static final int LAYOUT = 0x08;
  private static final int MAX_NODE_BYTES = 1 << 16;
  private static final int MAX_RANK = 9;

  public static StoredDataset of(StoredHeader header) throws IOException {
    try {
      long[] dimensions = dimensions(header);
      ByteBuffer datatype = header.only(DATATYPE, "datatype").asReadOnlyBuffer();
      return layout(header, dimensions, datatype);
    } catch (BufferUnderflowException | ArithmeticException e) {
      throw new DamageException(header.address(), header.what() + ": its header is damaged");
    }
  }

  private static long[] dimensions(StoredHeader header) throws DamageException {
    ByteBuffer space = header.only(DATASPACE, "dataspace");
    int version = space.get();
    int rank = space.get();
    space.getShort();
    if (version != 2 || rank < 1 || rank > MAX_RANK) {
      throw unexpected(header, "1 to " + MAX_RANK + " dimensions");
    }
    long[] dimensions = new long[rank];
    for (int i = 0; i < rank; i++) {
      dimensions[i] = space.getLong();
    }
    if (Arrays.stream(dimensions).anyMatch(length -> length < 0)) {
      throw unexpected(header, "dimensions from 0 up");
    }
    return dimensions;
  }

  private static StoredDataset layout(StoredHeader header, long[] dimensions, ByteBuffer datatype)
      throws DamageException {
    ByteBuffer layout = header.only(LAYOUT, "layout");
    boolean chunked = layout.get() == 4 && layout.get() == 2;
    layout.get(new byte[chunked ? 1 : 0]);
    if (!chunked || layout.get() != dimensions.length + 1) {
      throw unexpected(header, "chunks");
    }
    int width = layout.get();
    long[] chunk = new long[dimensions.length + 1];
    for (int i = 0; i < chunk.length; i++) {
      for (int shift = 0; shift < 8 * width; shift += 8) {
        chunk[i] |= (layout.get() & 0xFFL) << shift;
      }
    }
    boolean tree = layout.get() == 5;
    long rowBytes = 1;
    for (int i = 1; i < chunk.length; i++) {
      tree &= i == dimensions.length || chunk[i] == dimensions[i];
      rowBytes = Math.multiplyExact(rowBytes, chunk[i]);
    }
    int nodeBytes = layout.getInt();
    if (!tree
        || chunk[0] < 1
        || rowBytes < 1
        || Math.multiplyExact(chunk[0], rowBytes) > Integer.MAX_VALUE
        || nodeBytes < 64
        || nodeBytes > MAX_NODE_BYTES) {
      throw unexpected(header, "chunks of whole rows below 2 GiB, in a version 2 B-tree");
    }
    layout.getShort();
    int elementBytes = (int) chunk[dimensions.length];
    return new StoredDataset(
            header.what(),
            Arrays.stream(dimensions).boxed().toList(),
            datatype,
            (int) chunk[0],
            elementBytes,
            nodeBytes,
            layout.getLong(),
            Compression.NONE,
            Checksum.NONE,
            OpenChunk.of(header.messages()))
        .filtered(header);
  }

  /** The same with the filters of its header. */
  private StoredDataset filtered(StoredHeader header) throws DamageException {
    if (!header.has(HeaderMessage.FILTERS)) {
      return this;
    }
    ByteBuffer stored = header.only(HeaderMessage.FILTERS, "filter");
    for (Compression how : Compression.values()) {
      for (Checksum sum : Checksum.values()) {
        Optional<HeaderMessage> filters = HeaderMessage.filters(how, sum, elementBytes);
        if (filters.isPresent() && filters.get().body().equals(stored)) {
          return new StoredDataset(
              what,
              dimensions,
              datatype,
              rowsPerChunk,
              elementBytes,
              nodeBytes,
              indexAddress,
              how,
              sum,
              openChunk);
        }
      }
    }
    throw unexpected(header, "shuffle, deflate and fletcher32 as filters");
  }

  private static DamageException unexpected(StoredHeader header, String expected) {
    return new DamageException(
        header.address(),
        header.what() + ": expected " + expected + ", found another header; was it rewritten?");
  }

  /**
   * The type of its elements.
   *
   * @throws DamageException when it is none that we write
   */
  public ElementType type() throws DamageException {
    for (ElementType type : ElementType.values()) {
      if (datatype.equals(ByteBuffer.wrap(Datatype.of(type)))) {
        return type;
      }
    }
    throw new DamageException(indexAddress, what + ": expected numbers as Frameline writes them");
  }

  public long rows() {
    return dimensions.get(0);
  }

  /** How many chunks its rows take. */
  public long chunks() {
    return rows() / rowsPerChunk + (rows() % rowsPerChunk == 0 ? 0 : 1);
  }

  int rowBytes() {
    int bytes = elementBytes;
    for (long length : dimensions.subList(1, dimensions.size())) {
      bytes *= (int) length;
    }
    return bytes;
  }

  /** Whether the chunks go through filters, and so may have any size. */
  boolean filtered() {
    return deflated() || checksum != Checksum.NONE;
  }

  public boolean deflated() {
    return compression != Compression.NONE;
  }

  /** Rows of a chunk that are in the dataset: fewer than fit in the last one. */
  int rowsIn(long chunk) {
    return (int) Math.min(rowsPerChunk, rows() - chunk * rowsPerChunk);
  }

  public int chunkBytes() {
    return rowsPerChunk * rowBytes();
  }
}
