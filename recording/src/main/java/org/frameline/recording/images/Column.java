package org.frameline.recording.images;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.datatype.FixedPoint;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The rows of a dataset of 8-byte integers, whoever wrote it, with one block of them in memory.
 * Thread-safe.
 */
final class Column {
  private static final int BLOCK = 1024;

  private final Dataset data;
  private final long rows;
  // Of a column with checksums, which jhdf does not verify; null for others.
  private final ChunkFilters checked;
  private long first;
  private long[] block = {};

  private Column(Dataset data, long rows) {
    this.data = data;
    this.rows = rows;
    ChunkFilters filters =
        data instanceof ChunkedDataset chunked ? new ChunkFilters(chunked) : null;
    checked = filters != null && filters.checksummed() ? filters : null;
  }

  /** A column of a group with at least so many rows; empty when there is none. */
  static Optional<Column> in(Group group, String name, long rows) {
    return group.getChildren().get(name) instanceof Dataset data
            && data.getDataType() instanceof FixedPoint integers
            && integers.getSize() == Long.BYTES
            && data.getDimensions().length == 1
            && data.getDimensions()[0] >= rows
        ? Optional.of(new Column(data, rows))
        : Optional.empty();
  }

  /**
   * A row.
   *
   * @throws HdfException when it cannot be read, or its checksum is wrong
   */
  synchronized long at(long row) {
    if (row < first || row >= first + block.length) {
      if (checked != null) {
        readChecked(row);
        return block[(int) (row - first)];
      }
      first = row / BLOCK * BLOCK;
      int length = (int) Math.min(BLOCK, rows - first);
      Object values = data.getData(new long[] {first}, new int[] {length});
      // jhdf gives unsigned ones as objects.
      block =
          values instanceof long[] numbers
              ? numbers
              : Arrays.stream((Number[]) values).mapToLong(Number::longValue).toArray();
    }
    return block[(int) (row - first)];
  }

  private void readChecked(long row) {
    int chunkRows = ((ChunkedDataset) data).getChunkDimensions()[0];
    long begin = row / chunkRows * chunkRows;
    ByteBuffer chunk = checked.chunk(new int[] {(int) begin}).slice();
    long[] values = new long[(int) Math.min(chunkRows, rows - begin)];
    chunk.order(((FixedPoint) data.getDataType()).getByteOrder()).asLongBuffer().get(values);
    first = begin;
    block = values;
  }
}
