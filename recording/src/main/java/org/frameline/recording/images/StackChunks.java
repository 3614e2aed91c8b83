package org.frameline.recording.images;

import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.exceptions.HdfException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Frames of a dataset in chunks of any shape. Keeps the chunks that were used last. Not
 * thread-safe.
 */
final class StackChunks implements AutoCloseable {
  private final ChunkFilters filters;
  private final int[] lengths;
  private final int[] chunkLengths;
  private final int elementBytes;
  private final ChunkedDataset data;
  private final boolean holesMayBe;
  private final ChunkCache chunks;
  private final int chunksPerFrame;
  private boolean readsAhead;
  // Of the last two frames that were asked for.
  private int lastIndex = -1;
  private int lastStride = 1;
  // Of the chunks from which on others are expected.
  private int plannedRow = -1;

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
    int inFrame = 1;
    for (int axis = 1; axis < lengths.length; axis++) {
      inFrame *= (lengths[axis] + chunkLengths[axis] - 1) / chunkLengths[axis];
    }
    chunksPerFrame = inFrame;
    chunks = new ChunkCache(this::read, filters.chunkBytes(), chunksPerFrame);
  }

  /** The same for another thread. */
  StackChunks another() {
    return new StackChunks(data, holesMayBe);
  }

  /**
   * From now on other threads decompress chunks of frames that are likely to be next. Chunks that
   * need only be read are not worth it.
   */
  void readAhead() {
    readsAhead = filters.decompress();
  }

  /**
   * The bytes of a frame as they are stored.
   *
   * @throws HdfException when a chunk cannot be read
   */
  ByteBuffer frame(int index, int frameBytes) {
    if (readsAhead) {
      expectAfter(index);
    }
    int[] offset = new int[lengths.length];
    offset[0] = firstRow(index);
    int inChunk = index % chunkLengths[0];
    if (Arrays.equals(lengths, 1, lengths.length, chunkLengths, 1, lengths.length)) {
      return chunks.get(offset).slice(inChunk * frameBytes, frameBytes);
    }
    ByteBuffer frame = ByteBuffer.allocate(frameBytes);
    do {
      copy(chunks.get(offset), offset, inChunk, frame);
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

  /** Frames that follow each other at equal distances are likely to go on like that. */
  private void expectAfter(int index) {
    int stride = index == 0 ? 1 : index - lastIndex;
    boolean goesOn = stride > 0 && stride == lastStride;
    lastIndex = index;
    lastStride = stride;
    int left = chunks.mostAhead();
    if (!goesOn || firstRow(index) == plannedRow || left < chunksPerFrame) {
      return;
    }
    int[] offset = new int[lengths.length];
    offset[0] = firstRow(index);
    plannedRow = offset[0];
    // Those of this frame too: it may have several.
    expectAll(offset);
    for (long next = (long) index + stride; next < lengths[0]; next += stride) {
      int row = firstRow((int) next);
      if (row != offset[0]) {
        left -= chunksPerFrame;
        if (left < 0) {
          return;
        }
        offset[0] = row;
        expectAll(offset);
      }
    }
  }

  /** All chunks that a frame has a part in; the offset is that of the first, before and after. */
  private void expectAll(int[] offset) {
    do {
      chunks.expect(offset);
    } while (advance(offset));
  }

  private int firstRow(int index) {
    return index / chunkLengths[0] * chunkLengths[0];
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

  /** Ends the threads that read ahead. */
  @Override
  public void close() {
    chunks.close();
  }
}
