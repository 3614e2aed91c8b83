package org.frameline.recording.stored;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The rows of a small dataset of 8-byte integers, one after the other, with one chunk in memory.
 * Not thread-safe.
 */
public final class StoredRows {

  private static final int MAX_CHUNK_BYTES = 1 << 20;

  private final StoredFile file;
  private final StoredDataset dataset;
  private final StoredIndex index;
  private final int columns;
  private final ByteBuffer chunk;
  private final StoredChunk checked;
  private BadRows bad = failure -> rethrow(failure);
  private long row = -1;

  /** What to do about rows whose checksum is wrong. */
  @FunctionalInterface
  public interface BadRows {
    /** Goes on with these rows, the first of which is the current one, or throws. */
    void found(DamageException failure) throws DamageException;
  }

  /**
   * Before the first row.
   *
   * @param columns numbers per row; one column makes a one-dimensional dataset
   * @param datatype the type it must have
   */
  public StoredRows(StoredFile file, StoredDataset dataset, int columns, byte[] datatype)
      throws IOException {
    this.file = file;
    this.dataset = dataset;
    this.columns = columns;
    boolean shaped =
        columns == 1
            ? dataset.dimensions().size() == 1
            : dataset.dimensions().size() == 2 && dataset.dimensions().get(1) == columns;
    if (!shaped
        || dataset.deflated()
        || dataset.chunkBytes() > MAX_CHUNK_BYTES
        || !dataset.datatype().equals(ByteBuffer.wrap(datatype))) {
      throw new DamageException(
          dataset.indexAddress(),
          dataset.what() + ": expected 8-byte integers in " + columns + " columns, found another");
    }
    // Before anybody makes room for as many rows as the header says.
    if (dataset.chunks() > file.length() / dataset.chunkBytes()) {
      throw new DamageException(
          dataset.indexAddress(),
          dataset.what() + ": expected rows that are in the file, found " + dataset.rows());
    }
    index = new StoredIndex(file, dataset);
    chunk = ByteBuffer.allocate(dataset.chunkBytes()).order(ByteOrder.LITTLE_ENDIAN);
    checked = new StoredChunk(file, dataset, chunk);
  }

  private static void rethrow(DamageException failure) throws DamageException {
    throw failure;
  }

  /** Instead of throwing, goes on when a checksum is wrong. */
  public void onBadRows(BadRows how) {
    bad = how;
  }

  public long count() {
    return dataset.rows();
  }

  /** Moves on to the next row; false behind the last. */
  public boolean next() throws IOException {
    if (row + 1 >= dataset.rows()) {
      return false;
    }
    row++;
    if (row % dataset.rowsPerChunk() == 0) {
      if (!index.next()) {
        throw new DamageException(
            dataset.indexAddress(), dataset.what() + ": expected row " + row + ", found the end");
      }
      readChunk();
    }
    return true;
  }

  private void readChunk() throws IOException {
    DamageException failure = null;
    try {
      checked.verify(index);
    } catch (DamageException e) {
      long last = row + dataset.rowsIn(index.chunk()) - 1;
      String where = dataset.what() + ", rows " + row + " to " + last + ": ";
      failure = new DamageException(index.address(), where + e.getMessage());
    }
    file.fill(index.address(), chunk.clear(), dataset.what());
    if (failure != null) {
      bad.found(failure);
    }
  }

  /** Moves forward to a row. */
  public void skipTo(long wanted) throws IOException {
    while (row < wanted && next()) {
      // Row by row: the chunks in between have to be passed anyhow.
    }
  }

  /** Number of the current row. */
  public long row() {
    return row;
  }

  /** A number of the current row. */
  public long get(int column) {
    int inChunk = (int) (row % dataset.rowsPerChunk());
    return chunk.getLong((inChunk * columns + column) * Long.BYTES);
  }

  /** Where the current row is in the file. */
  public long address() {
    return index.address() + row % dataset.rowsPerChunk() * columns * Long.BYTES;
  }
}
