package org.frameline.recording.write;

import java.util.List;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.hdf5.ChunkRecords;
import org.frameline.recording.hdf5.IndexGeometry;

/**
 * Chunks of whole frames.
 *
 * @param frameShape shape of one frame
 * @param frameBytes size of one frame
 * @param elementBytes size of one element
 * @param frames frames per chunk
 */
record ChunkShape(List<Integer> frameShape, int frameBytes, int elementBytes, int frames) {

  /** At most what the chunk cache of libhdf5 holds by default. */
  private static final int PLAIN_BYTES = 1 << 20;

  /**
   * Deflate looks back 32 KiB only, so larger chunks compress no better; but a chunk that is not
   * full at a checkpoint is written again later, which larger chunks make expensive.
   */
  private static final int COMPRESSED_BYTES = 1 << 18;

  private static final int MAX_FRAMES = 1024;
  private static final int MIN_NODE_BYTES = 2048;

  static ChunkShape of(EntryDescription entry, Compression compression) {
    int target = compression == Compression.NONE ? PLAIN_BYTES : COMPRESSED_BYTES;
    int frames = Math.max(1, Math.min(MAX_FRAMES, target / entry.frameBytes()));
    return new ChunkShape(entry.frameShape(), entry.frameBytes(), entry.type().bytes(), frames);
  }

  /** Size of a whole chunk before compression. */
  int bytes() {
    return Math.multiplyExact(frames, frameBytes);
  }

  /** The chunk's shape, as the layout message has it. */
  int[] dimensions() {
    int[] dimensions = new int[frameShape.size() + 1];
    dimensions[0] = frames;
    for (int i = 0; i < frameShape.size(); i++) {
      dimensions[i + 1] = frameShape.get(i);
    }
    return dimensions;
  }

  /** The records of an index of these chunks. */
  ChunkRecords records(boolean filtered) {
    return new ChunkRecords(bytes(), frameShape.size() + 1, filtered);
  }

  /** The geometry of an index with such records. */
  IndexGeometry geometry(ChunkRecords records) {
    return IndexGeometry.of(MIN_NODE_BYTES, records.bytes());
  }

  /** Such chunks, filled in place. */
  PlainChunks plainChunks(FileBody file, Checksum checksum) {
    return new PlainChunks(file, checksum, bytes(), frameShape.size() + 1, MIN_NODE_BYTES);
  }
}
