package org.frameline.recording.images;

import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.exceptions.HdfException;
import io.jhdf.exceptions.HdfFilterException;
import io.jhdf.filter.ByteShuffleFilter;
import io.jhdf.filter.DeflatePipelineFilter;
import io.jhdf.filter.Filter;
import io.jhdf.filter.LzfFilter;
import io.jhdf.filter.PipelineFilterWithData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.frameline.recording.hdf5.Fletcher32;

/**
 * Chunks of a dataset with their filters undone. Verifies checksums, which jhdf does not; it leaves
 * them at the end of the chunk, where filters before them would take them for data. Thread-safe.
 */
final class ChunkFilters {

  private static final int FLETCHER32 = 3;

  private final Map<Integer, Filter> known =
      Map.of(1, new DeflatePipelineFilter(), 2, new ByteShuffleFilter(), 32000, new LzfFilter());
  private final ChunkedDataset data;
  private final List<PipelineFilterWithData> filters;
  private final boolean checksummed;
  private final int chunkBytes;

  ChunkFilters(ChunkedDataset data) {
    this.data = data;
    int last = data.getFilters().size() - 1;
    checksummed = last >= 0 && data.getFilters().get(last).getId() == FLETCHER32;
    filters = checksummed ? data.getFilters().subList(0, last) : data.getFilters();
    chunkBytes =
        Arrays.stream(data.getChunkDimensions())
            .reduce(data.getDataType().getSize(), Math::multiplyExact);
  }

  /** What to say of a dataset with a filter that nobody here can undo. */
  static IOException unknown(Path file, HdfFilterException cause) {
    return new IOException(
        file
            + ": expected frames without compression or with gzip or LZF, found another filter ("
            + cause.getMessage()
            + "); rewrite it with gzip, for instance by h5repack",
        cause);
  }

  /** Whether each chunk has a checksum, which is verified. */
  boolean checksummed() {
    return checksummed;
  }

  /** Whether more is done to chunks than to read and verify them. */
  boolean decompress() {
    return !filters.isEmpty();
  }

  int chunkBytes() {
    return chunkBytes;
  }

  /**
   * A chunk as it was before all filters; mapped, not copied, where there is nothing to undo.
   *
   * @param offset its first element
   * @throws HdfException when it is not there, or its checksum is wrong
   */
  ByteBuffer chunk(int[] offset) {
    try {
      Guard.requireRoom("chunks", chunkBytes);
    } catch (IOException e) {
      throw new HdfException(e.getMessage(), e);
    }
    if (!checksummed) {
      // Only a raw chunk is mapped; decompressing copies it, even where there is nothing to do.
      return filters.isEmpty()
          ? data.getRawChunkBuffer(offset)
          : ByteBuffer.wrap(data.getDecompressedChunk(offset));
    }
    ByteBuffer sound = sound(data.getRawChunkBuffer(offset), offset);
    if (filters.isEmpty()) {
      return sound;
    }
    if (!filters.stream().allMatch(filter -> known.containsKey(filter.getId()))) {
      return ByteBuffer.wrap(data.getDecompressedChunk(offset));
    }
    byte[] bytes = new byte[sound.remaining()];
    sound.get(bytes);
    for (int i = filters.size() - 1; i >= 0; i--) {
      PipelineFilterWithData filter = filters.get(i);
      bytes = known.get(filter.getId()).decode(bytes, filter.getFilterData());
    }
    return ByteBuffer.wrap(bytes);
  }

  private ByteBuffer sound(ByteBuffer stored, int[] offset) {
    int end = stored.remaining() - Fletcher32.BYTES;
    if (filters.isEmpty() && stored.remaining() == chunkBytes) {
      // A chunk that is still being filled has no checksum yet.
      return stored;
    }
    ByteBuffer bytes = stored.slice(0, Math.max(0, end));
    int expected = end < 0 ? 0 : stored.slice().order(ByteOrder.LITTLE_ENDIAN).getInt(end);
    int found = Fletcher32.of(bytes);
    if (end < 0 || expected != found) {
      throw new HdfException(
          String.format(
              "the chunk at %s is damaged: expected the checksum %08x, found %08x",
              Arrays.toString(offset), expected, found));
    }
    return bytes;
  }
}
