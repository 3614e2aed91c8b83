package org.frameline.recording;

import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.exceptions.HdfException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Frames of a dataset in chunks of any shape. Keeps the chunks that were used last, as many as fit
 * {@value #MOST_BYTES} bytes. Not thread-safe.
 */
final class StackChunks {
  private static final long MOST_BYTES = 64L << 20;

  private final ChunkFilters filters;
  private final int[] lengths;
  private final int[] chunkLengths;
  private final int elementBytes;
  private final ChunkedDataset data;
  private final boolean holesMayBe;
  private final Map<List<Integer>, ByteBuffer> chunks = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * The chunks of a dataset.
   *
   * @param holesMayBe whether chunks may never have been written, as HDF5 allows; not in our files
   */
  StackChunks(ChunkedDataset data, boolean holesMayBe) {
    lengths = data.getDimensions();
    chunkLengths = data.getChunkDimensions();
    elementBytes = data.getDataType().getSize();
    this.data = data;
    this.holesMayBe = holesMayBe;
    filters = new ChunkFilters(data);
  }

  /**
   * The bytes of a frame as they are stored.
   *
   * @throws HdfException when a chunk cannot be read
   */
  ByteBuffer frame(int index, int frameBytes) {
    int[] offset = new int[lengths.length];
    offset[0] = index / chunkLengths[0] * chunkLengths[0];
    int inChunk = index % chunkLengths[0];
    if (Arrays.equals(lengths, 1, lengths.length, chunkLengths, 1, lengths.length)) {
      return chunk(offset).slice(inChunk * frameBytes, frameBytes);
    }
    ByteBuffer frame = ByteBuffer.allocate(frameBytes);
    do {
      copy(chunk(offset), offset, inChunk, frame);
    } while (advance(offset));
    return frame;
  }

  /** To the next chunk of the same frames; false behind the last. */
  private boolean advance(int[] offset) {
    for (int axis = lengths.length - 1; axis > 0; axis--) {
      offset[axis] += chunkLengths[axis];
      if (offset[axis] < lengths[axis]) {
        return true;
      }
      offset[axis] = 0;
    }
    return false;
  }

  private ByteBuffer chunk(int[] offset) {
    List<Integer> key = Arrays.stream(offset).boxed().toList();
    ByteBuffer chunk = chunks.get(key);
    if (chunk == null) {
      chunk = read(offset);
      chunks.put(key, chunk);
      Iterator<ByteBuffer> oldest = chunks.values().iterator();
      while (chunks.size() > 1 && (long) chunks.size() * filters.chunkBytes() > MOST_BYTES) {
        oldest.next();
        oldest.remove();
      }
    }
    return chunk;
  }

  private ByteBuffer read(int[] offset) {
    try {
      return filters.chunk(offset);
    } catch (HdfException e) {
      // jhdf has no other way to tell.
      if (holesMayBe && e.getMessage().startsWith("No chunk with offset")) {
        return FillValue.repeated(data, filters.chunkBytes());
      }
      throw e;
    }
  }

  /** What a chunk has of a frame, run by run along the last axis. */
  private void copy(ByteBuffer chunk, int[] offset, int inChunk, ByteBuffer frame) {
    int last = lengths.length - 1;
    int run = Math.min(chunkLengths[last], lengths[last] - offset[last]) * elementBytes;
    int[] at = new int[lengths.length];
    at[0] = inChunk;
    boolean more = true;
    while (more) {
      int from = 0;
      int to = 0;
      for (int axis = 0; axis <= last; axis++) {
        from = from * chunkLengths[axis] + at[axis];
        to = axis == 0 ? 0 : to * lengths[axis] + offset[axis] + at[axis];
      }
      frame.put(to * elementBytes, chunk, from * elementBytes, run);
      more = next(at, offset, last);
    }
  }

  private boolean next(int[] at, int[] offset, int last) {
    for (int axis = last - 1; axis > 0; axis--) {
      at[axis]++;
      if (at[axis] < chunkLengths[axis] && offset[axis] + at[axis] < lengths[axis]) {
        return true;
      }
      at[axis] = 0;
    }
    return false;
  }
}
