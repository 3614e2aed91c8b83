package org.frameline.recording.stored;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.frameline.recording.Checksum;
import org.frameline.recording.hdf5.ChunkRecords;
import org.frameline.recording.hdf5.IndexGeometry;
import org.frameline.recording.hdf5.OpenChunk;

/**
 * Walks the chunks of a dataset in their order, through its version 2 B-tree, with one node of each
 * level in memory. Each node's checksum is verified, and that no chunk is left out. Not
 * thread-safe.
 */
public final class StoredIndex {

  private static final int HEADER_BYTES = 38;
  private static final int NODE_PREFIX_BYTES = 6;
  private static final int CHECKSUM_BYTES = 4;
  private static final int NO_CHECKSUM = 1;

  private final StoredFile file;
  private final StoredDataset dataset;
  private final ChunkRecords chunkRecords;
  private final int recordBytes;
  private final IndexGeometry geometry;
  private final Deque<Node> path = new ArrayDeque<>();
  private long chunk = -1;
  private long address;
  private long size;
  private boolean open;

  /** A node on the way from the root to the current chunk. */
  private static final class Node {
    private final ByteBuffer bytes;
    private final int depth;
    private final int records;
    private int nextRecord;
    private int nextChild;

    Node(ByteBuffer bytes, int depth, int records) {
      this.bytes = bytes;
      this.depth = depth;
      this.records = records;
    }
  }

  public StoredIndex(StoredFile file, StoredDataset dataset) throws IOException {
    this.file = file;
    this.dataset = dataset;
    chunkRecords =
        new ChunkRecords(dataset.chunkBytes(), dataset.dimensions().size(), dataset.filtered());
    recordBytes = chunkRecords.bytes();
    geometry = IndexGeometry.stored(dataset.nodeBytes(), recordBytes);
    if (dataset.chunks() > 0) {
      openRoot();
    }
  }

  private String what() {
    return dataset.what() + ", its chunk index";
  }

  private void openRoot() throws IOException {
    long at = dataset.indexAddress();
    ByteBuffer header = file.read(at, HEADER_BYTES, what());
    StoredFile.requireSound(header, "BTHD", at, what());
    header.position(5);
    int type = header.get();
    int nodeBytes = header.getInt();
    int storedRecordBytes = header.getShort() & 0xFFFF;
    int depth = header.getShort() & 0xFFFF;
    header.getShort();
    long root = header.getLong();
    int records = header.getShort() & 0xFFFF;
    long total = header.getLong();
    if (type != chunkRecords.treeType()
        || nodeBytes != dataset.nodeBytes()
        || storedRecordBytes != recordBytes
        || depth > IndexGeometry.MAX_DEPTH
        || total != dataset.chunks()) {
      throw new DamageException(
          at, what() + ": expected " + dataset.chunks() + " chunks, found " + total);
    }
    open(root, depth, records);
  }

  private void open(long at, int depth, int records) throws IOException {
    ByteBuffer node = file.read(at, dataset.nodeBytes(), what());
    int pointer =
        depth == 0 ? 0 : Long.BYTES + geometry.recordCountBytes() + geometry.totalCountBytes(depth);
    int used = NODE_PREFIX_BYTES + records * recordBytes + (records + 1) * pointer;
    if (records > geometry.maxRecords(depth) || used + CHECKSUM_BYTES > node.limit()) {
      throw new DamageException(at, what() + ": a node has " + records + " records");
    }
    node.limit(used + CHECKSUM_BYTES);
    StoredFile.requireSound(node, depth == 0 ? "BTLF" : "BTIN", at, what());
    path.push(new Node(node, depth, records));
  }

  /** Moves on to the next chunk; false behind the last. */
  public boolean next() throws IOException {
    if (chunk + 1 >= dataset.chunks()) {
      return false;
    }
    while (!path.isEmpty()) {
      Node node = path.peek();
      if (node.depth > 0 && node.nextChild == node.nextRecord) {
        openChild(node);
      } else if (node.nextRecord < node.records) {
        take(node);
        return true;
      } else {
        path.pop();
      }
    }
    throw new DamageException(
        dataset.indexAddress(), what() + ": expected a chunk " + (chunk + 1) + ", found none");
  }

  private void openChild(Node node) throws IOException {
    int total = geometry.totalCountBytes(node.depth);
    int pointer = Long.BYTES + geometry.recordCountBytes() + total;
    int at = NODE_PREFIX_BYTES + node.records * recordBytes + node.nextChild * pointer;
    long child = node.bytes.getLong(at);
    long records = sized(node.bytes, at + Long.BYTES, geometry.recordCountBytes());
    node.nextChild++;
    open(child, node.depth - 1, (int) records);
  }

  private void take(Node node) throws IOException {
    int at = NODE_PREFIX_BYTES + node.nextRecord * recordBytes;
    node.nextRecord++;
    chunk++;
    address = node.bytes.getLong(at);
    size = dataset.chunkBytes();
    int mask = 0;
    if (dataset.filtered()) {
      int sizeAt = at + ChunkRecords.sizeOffset();
      size = sized(node.bytes, sizeAt, chunkRecords.sizeBytes());
      mask = node.bytes.getInt(sizeAt + chunkRecords.sizeBytes());
    }
    long found = node.bytes.getLong(at + chunkRecords.coordinatesOffset());
    if (found != chunk) {
      throw new DamageException(address, what() + ": expected chunk " + chunk + ", found " + found);
    }
    open = mask == NO_CHECKSUM && mayBeOpen();
    boolean sized = open || dataset.deflated();
    if ((mask != 0 && !open) || (!sized && size != sealedBytes())) {
      throw new DamageException(
          address, what() + ": chunk " + chunk + " has a size or filters that are not its own");
    }
  }

  private long sealedBytes() {
    return (long) dataset.chunkBytes() + dataset.checksum().bytes();
  }

  /** Only the last chunk has no checksum of its own, and not without one elsewhere. */
  private boolean mayBeOpen() {
    return !dataset.deflated()
        && dataset.checksum() != Checksum.NONE
        && chunk == dataset.chunks() - 1
        && size == dataset.chunkBytes()
        && dataset.openChunk().map(OpenChunk::rows).equals(Optional.of(dataset.rowsIn(chunk)));
  }

  private static long sized(ByteBuffer buffer, int at, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (buffer.get(at + i) & 0xFFL) << (8 * i);
    }
    return value;
  }

  /** Number of the current chunk, from 0. */
  public long chunk() {
    return chunk;
  }

  /** Where the current chunk is. */
  public long address() {
    return address;
  }

  /** Whether the current chunk has no checksum behind it, but in the header of its dataset. */
  boolean open() {
    return open;
  }

  /** How many bytes it takes in the file. */
  public long size() {
    return size;
  }
}
