package org.frameline.recording.hdf5;

import java.util.ArrayList;
import java.util.List;

/**
 * The index of a chunked dataset that only grows at its end: a version 2 B-tree (chapter III.A.2 of
 * the HDF5 File Format Specification 3.0) of which a checkpoint writes only the right-most path
 * anew. A node left of it is full, is written once, and is never touched again; so the metadata of
 * a recording grows with its length, not with the square of it.
 *
 * <p>Guarded by the writer's lock.
 */
public final class ChunkIndex {

  static final int SPLIT_PERCENT = 100;
  static final int MERGE_PERCENT = 40;

  private final int treeType;
  private final IndexGeometry geometry;

  /** The right-most path: the last leaf, its parent, and so on up to the root. */
  private final List<IndexNode> path = new ArrayList<>();

  /** Full nodes not yet known to be on the disk, children before their parents. */
  private final List<IndexNode> unsettled = new ArrayList<>();

  private int placed;

  /**
   * An empty index.
   *
   * @param treeType 10 for chunks as they are, 11 for filtered chunks
   */
  public ChunkIndex(int treeType, IndexGeometry geometry) {
    this.treeType = treeType;
    this.geometry = geometry;
    path.add(new IndexNode(0));
  }

  public int nodeBytes() {
    return geometry.nodeBytes();
  }

  /** Adds the record of the next chunk. */
  public void append(byte[] chunkRecord) {
    IndexNode leaf = path.get(0);
    if (leaf.recordCount() == geometry.maxRecords(0)) {
      // Only now, when a further record is there, may the last one move up: no leaf stays empty.
      byte[] separator = leaf.removeLast();
      path.set(0, new IndexNode(0));
      close(leaf, separator);
    }
    path.get(0).add(chunkRecord);
  }

  /** Replaces the record of the last chunk, which is always in the last leaf. */
  public void replaceLast(byte[] chunkRecord) {
    path.get(0).removeLast();
    path.get(0).add(chunkRecord);
  }

  /**
   * Adds to the image what the disk does not have yet.
   *
   * @return the address of the tree's header, or {@link HeaderMessage#UNDEFINED} without chunks
   */
  public long place(MetadataImage image) {
    if (path.get(0).recordCount() == 0) {
      return HeaderMessage.UNDEFINED;
    }
    unsettled.forEach(node -> node.place(image, null, treeType, geometry));
    placed = unsettled.size();
    IndexNode root = null;
    for (IndexNode node : path) {
      node.place(image, root, treeType, geometry);
      root = node;
    }
    Bytes header = new Bytes().text("BTHD").u8(0).u8(treeType).u32(geometry.nodeBytes());
    header.u16(geometry.recordBytes()).u16(path.size() - 1).u8(SPLIT_PERCENT).u8(MERGE_PERCENT);
    header.u64(root.address()).u16(root.recordCount()).u64(root.total());
    return image.place(header.checksum().toArray());
  }

  /** Tells that the image of the last {@link #place} is on the disk for good. */
  public void settle() {
    List<IndexNode> durable = unsettled.subList(0, placed);
    durable.forEach(IndexNode::forgetContent);
    durable.clear();
    placed = 0;
  }

  /** A node has become full: hang it, and the record that follows it, into its parent. */
  private void close(IndexNode full, byte[] separator) {
    unsettled.add(full);
    int depth = full.depth() + 1;
    if (depth > IndexGeometry.MAX_DEPTH) {
      throw new IllegalStateException("the chunk index is full at depth " + full.depth());
    }
    if (depth == path.size()) {
      path.add(new IndexNode(depth));
    }
    IndexNode parent = path.get(depth);
    if (parent.recordCount() == geometry.maxRecords(depth)) {
      byte[] promoted = parent.removeLast();
      path.set(depth, new IndexNode(depth));
      close(parent, promoted);
    }
    path.get(depth).add(full, separator);
  }
}
