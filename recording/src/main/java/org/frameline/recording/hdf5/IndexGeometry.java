package org.frameline.recording.hdf5;

import java.math.BigInteger;

/**
 * How much fits into the nodes of a version 2 B-tree, and how wide its node pointers are, as
 * libhdf5 computes them (H5B2hdr.c, {@code H5B2__hdr_init}). jhdf computes the same widths by
 * slightly different formulas ({@code BTreeV2}); the node size is chosen so that both agree.
 */
public final class IndexGeometry {

  /** A tree of this depth has room for more than {@code 10^8} chunks. */
  public static final int MAX_DEPTH = 4;

  private static final int PREFIX_AND_CHECKSUM_BYTES = 10;
  private static final int ADDRESS_BYTES = 8;
  private static final int NODE_STEP_BYTES = 64;

  private final int nodeBytes;
  private final int recordBytes;
  private final int[] maxRecords = new int[MAX_DEPTH + 1];
  private final long[] maxTotal = new long[MAX_DEPTH + 1];

  private IndexGeometry(int nodeBytes, int recordBytes) {
    this.nodeBytes = nodeBytes;
    this.recordBytes = recordBytes;
    maxRecords[0] = (nodeBytes - PREFIX_AND_CHECKSUM_BYTES) / recordBytes;
    maxTotal[0] = maxRecords[0];
    for (int depth = 1; depth <= MAX_DEPTH; depth++) {
      int pointer = ADDRESS_BYTES + recordCountBytes() + totalCountBytes(depth);
      maxRecords[depth] =
          (nodeBytes - PREFIX_AND_CHECKSUM_BYTES - pointer) / (recordBytes + pointer);
      maxTotal[depth] = (maxRecords[depth] + 1L) * maxTotal[depth - 1] + maxRecords[depth];
    }
  }

  /** The smallest node from {@code minNodeBytes} up on which libhdf5 and jhdf agree. */
  public static IndexGeometry of(int minNodeBytes, int recordBytes) {
    int nodeBytes = minNodeBytes;
    IndexGeometry geometry = new IndexGeometry(nodeBytes, recordBytes);
    while (!geometry.readersAgree()) {
      nodeBytes += NODE_STEP_BYTES;
      geometry = new IndexGeometry(nodeBytes, recordBytes);
    }
    return geometry;
  }

  /** That of a tree that is in a file, whatever its writer thought of. */
  public static IndexGeometry stored(int nodeBytes, int recordBytes) {
    return new IndexGeometry(nodeBytes, recordBytes);
  }

  int nodeBytes() {
    return nodeBytes;
  }

  int recordBytes() {
    return recordBytes;
  }

  /** Most records in one node at a height above the leaves. */
  public int maxRecords(int depth) {
    return maxRecords[depth];
  }

  /** Width of the number of records in a child node. */
  public int recordCountBytes() {
    return widthOf(maxRecords[0]);
  }

  /** Width of the number of records below a child, in a node at this depth; 0 above leaves. */
  public int totalCountBytes(int depth) {
    return depth == 1 ? 0 : widthOf(maxTotal[depth - 1]);
  }

  private boolean readersAgree() {
    boolean agree = maxRecords[0] < 256;
    for (int depth = 2; depth <= MAX_DEPTH; depth++) {
      int bits = BigInteger.valueOf(nodeBytes / recordBytes).pow(depth).bitLength();
      agree &= (bits + 8) / 8 == totalCountBytes(depth);
    }
    return agree;
  }

  private static int widthOf(long limit) {
    return (63 - Long.numberOfLeadingZeros(limit)) / 8 + 1;
  }
}
