package org.frameline.recording.hdf5;

import java.util.ArrayList;
import java.util.List;

/**
 * One node of a {@link ChunkIndex}. A node above the leaves holds, for each record, the child left
 * of it; the child right of its last record is the next node of the right-most path, or the last of
 * the children once the node is full. Guarded by the writer's lock.
 */
final class IndexNode {

  private final int depth;
  private final List<IndexNode> children = new ArrayList<>();
  private List<byte[]> records = new ArrayList<>();
  private int recordCount;
  private long total;
  private long address = HeaderMessage.UNDEFINED;

  IndexNode(int depth) {
    this.depth = depth;
  }

  int depth() {
    return depth;
  }

  int recordCount() {
    return recordCount;
  }

  /** Records here and below, as of the last {@link #place}. */
  long total() {
    return total;
  }

  long address() {
    return address;
  }

  void add(byte[] chunkRecord) {
    records.add(chunkRecord);
    recordCount++;
  }

  void add(IndexNode leftChild, byte[] chunkRecord) {
    children.add(leftChild);
    add(chunkRecord);
  }

  byte[] removeLast() {
    recordCount--;
    return records.remove(recordCount);
  }

  /**
   * Encodes the node into the image.
   *
   * @param lastChild the next node of the right-most path; null for leaves and for full nodes
   */
  void place(MetadataImage image, IndexNode lastChild, int treeType, IndexGeometry geometry) {
    Bytes bytes = new Bytes().text(depth == 0 ? "BTLF" : "BTIN").u8(0).u8(treeType);
    records.forEach(bytes::raw);
    total = recordCount;
    for (IndexNode child : children) {
      child.point(bytes, depth, geometry);
      total += child.total;
    }
    if (lastChild != null) {
      lastChild.point(bytes, depth, geometry);
      total += lastChild.total;
    }
    bytes.checksum();
    // Readers fetch whole nodes, so each needs its full length inside the file.
    address = image.place(bytes.zerosTo(geometry.nodeBytes()).toArray());
  }

  /** Keeps only what a parent needs, so that memory does not grow with the recording. */
  void forgetContent() {
    records = List.of();
    children.clear();
  }

  private void point(Bytes bytes, int parentDepth, IndexGeometry geometry) {
    bytes.u64(address).sized(recordCount, geometry.recordCountBytes());
    bytes.sized(total, geometry.totalCountBytes(parentDepth));
  }
}
