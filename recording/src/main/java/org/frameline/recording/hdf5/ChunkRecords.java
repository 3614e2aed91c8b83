package org.frameline.recording.hdf5;

/**
 * The records of a chunk index (chapter III.A.2 of the HDF5 File Format Specification 3.0): of type
 * 10 where a chunk has one size, of type 11 where filters change it. Immutable.
 *
 * @param chunkBytes size of a chunk before all filters
 * @param dimensions of the dataset
 * @param filtered whether there are filters
 */
public record ChunkRecords(int chunkBytes, int dimensions, boolean filtered) {

  private static final int MASK_BYTES = 4;

  public int treeType() {
    return filtered ? 11 : 10;
  }

  /** Where a record's size field begins. */
  public static int sizeOffset() {
    return Long.BYTES;
  }

  /**
   * Width of a filtered chunk's size: one byte more than the size before needs (H5Dbtree2.c, {@code
   * H5D__bt2_crt_context}).
   */
  public int sizeBytes() {
    return filtered ? 1 + (31 - Integer.numberOfLeadingZeros(chunkBytes) + 8) / 8 : 0;
  }

  /** Where a record's coordinates begin, of which the first is the number of the chunk. */
  public int coordinatesOffset() {
    return Long.BYTES + (filtered ? sizeBytes() + MASK_BYTES : 0);
  }

  public int bytes() {
    return coordinatesOffset() + Long.BYTES * dimensions;
  }

  /**
   * The record of a chunk of whole rows.
   *
   * @param size as it is in the file
   * @param skipped a bit for each filter that was not applied to it, the first one lowest
   * @param chunk its number
   */
  public byte[] of(long address, long size, int skipped, long chunk) {
    Bytes bytes = new Bytes().u64(address);
    if (filtered) {
      bytes.sized(size, sizeBytes()).u32(skipped);
    }
    bytes.u64(chunk);
    for (int i = 1; i < dimensions; i++) {
      bytes.u64(0);
    }
    return bytes.toArray();
  }
}
