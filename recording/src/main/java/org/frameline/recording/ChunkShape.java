package org.frameline.recording;

import java.util.List;

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
  private static final int FILTER_MASK_BYTES = 4;

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

  /**
   * Width of a compressed chunk's size in its record: one byte more than the uncompressed size
   * needs (H5Dbtree2.c, {@code H5D__bt2_crt_context}).
   */
  int sizeFieldBytes() {
    return 1 + (31 - Integer.numberOfLeadingZeros(bytes()) + 8) / 8;
  }

  /** The geometry of an index of these chunks. */
  IndexGeometry geometry(int sizeFieldBytes) {
    int filterBytes = sizeFieldBytes == 0 ? 0 : sizeFieldBytes + FILTER_MASK_BYTES;
    int coordinateBytes = Long.BYTES * (frameShape.size() + 1);
    return IndexGeometry.of(MIN_NODE_BYTES, Long.BYTES + filterBytes + coordinateBytes);
  }

  /** Record type 10: where chunk number {@code chunk} is. */
  byte[] chunkRecord(long address, long chunk) {
    return coordinates(new Bytes().u64(address), chunk);
  }

  /** Record type 11: where a compressed chunk is and how long it is; no filter is skipped. */
  byte[] compressedRecord(long address, int size, long chunk) {
    return coordinates(new Bytes().u64(address).sized(size, sizeFieldBytes()).u32(0), chunk);
  }

  private byte[] coordinates(Bytes start, long chunk) {
    start.u64(chunk);
    for (int i = 0; i < frameShape.size(); i++) {
      start.u64(0);
    }
    return start.toArray();
  }
}
