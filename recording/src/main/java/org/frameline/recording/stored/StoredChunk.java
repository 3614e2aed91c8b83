package org.frameline.recording.stored;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.frameline.recording.Checksum;
import org.frameline.recording.hdf5.Fletcher32;

/** Verifies the checksums of a dataset's chunks through one small buffer. Not thread-safe. */
public final class StoredChunk {

  private final StoredFile file;
  private final StoredDataset dataset;
  private final ByteBuffer buffer;
  private final Fletcher32 sum = new Fletcher32();

  /**
   * For the chunks of a dataset.
   *
   * @param buffer used while a chunk is read
   */
  public StoredChunk(StoredFile file, StoredDataset dataset, ByteBuffer buffer) {
    this.file = file;
    this.dataset = dataset;
    this.buffer = buffer;
  }

  /**
   * Reads the current chunk of an index from end to end.
   *
   * @throws DamageException when it is not all there, or its checksum is not that of its bytes
   */
  public void verify(StoredIndex index) throws IOException {
    long end = index.size() - (index.open() ? 0 : dataset.checksum().bytes());
    if (end < 0) {
      throw new DamageException(index.address(), "it has no room for its checksum");
    }
    long summed = index.open() ? (long) dataset.rowsIn(index.chunk()) * dataset.rowBytes() : end;
    sum.reset();
    read(index.address(), summed);
    int found = sum.value();
    read(index.address() + summed, end - summed);
    if (dataset.checksum() == Checksum.NONE) {
      return;
    }
    int expected =
        index.open()
            ? dataset.openChunk().orElseThrow().checksum()
            : file.read(index.address() + end, Fletcher32.BYTES, dataset.what()).getInt();
    if (found != expected) {
      throw new DamageException(
          index.address(),
          String.format("expected the checksum %08x, found %08x", expected, found));
    }
  }

  private void read(long address, long bytes) throws IOException {
    for (long at = 0; at < bytes; at += buffer.capacity()) {
      int piece = (int) Math.min(buffer.capacity(), bytes - at);
      file.fill(address + at, buffer.clear().limit(piece), dataset.what());
      sum.update(buffer.flip());
    }
  }
}
