package org.frameline.recording.copy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.frameline.recording.Checksum;
import org.frameline.recording.EntryNames;
import org.frameline.recording.hdf5.Fletcher32;
import org.frameline.recording.images.FrameReader;
import org.frameline.recording.stored.StoredDataset;
import org.frameline.recording.stored.StoredFile;
import org.frameline.recording.stored.StoredHeader;
import org.frameline.recording.stored.StoredIndex;

/**
 * The pixels of one entry while it is copied, in memory that is used again and again and from which
 * the system can write them. Not thread-safe.
 */
final class SourcePixels implements Closeable {
  private final SourceEntry part;
  private FrameReader frames;
  private ByteBuffer memory = ByteBuffer.allocateDirect(0);
  private StoredFile file;
  private StoredDataset data;
  private StoredIndex index;

  SourcePixels(SourceEntry part) {
    this.part = part;
  }

  /**
   * A frame with its filters undone, until the next is asked for.
   *
   * @param row not below the one asked for before
   */
  ByteBuffer frame(int row) throws IOException {
    if (!part.data().deflated() && part.data().checksum() == Checksum.NONE) {
      return plain(row);
    }
    if (frames == null) {
      frames = FrameReader.open(part.file(), part.name());
      frames.readAhead();
    }
    return frames.frame(row);
  }

  private ByteBuffer plain(int row) throws IOException {
    try {
      int rowsPerChunk = part.data().rowsPerChunk();
      goTo(row / rowsPerChunk);
      int bytes = part.about().frameBytes();
      return read(index.address() + (long) (row % rowsPerChunk) * bytes, bytes);
    } catch (IOException e) {
      throw unreadable(row, e);
    }
  }

  /**
   * A chunk behind shuffle and deflate, whose checksum was right where it has one, until the next
   * is asked for.
   *
   * @param chunk its number; not below the one asked for before
   */
  ByteBuffer deflated(int chunk) throws IOException {
    try {
      goTo(chunk);
      ByteBuffer stored = read(index.address(), index.size());
      return data.checksum() == Checksum.NONE ? stored : sound(stored);
    } catch (IOException e) {
      throw unreadable(chunk * part.data().rowsPerChunk(), e);
    }
  }

  private IOException unreadable(int row, IOException e) {
    return new IOException(
        String.format(
            "%s: cannot read frame %d, row %d of %s: %s",
            part.file(), part.number(row), row, part.name(), e.getMessage()),
        e);
  }

  private void goTo(int chunk) throws IOException {
    if (index == null) {
      openIndex();
    }
    while (index.chunk() < chunk && index.next()) {
      // On to the one that is wanted.
    }
  }

  private ByteBuffer read(long address, long count) throws IOException {
    file.require(address, count, data.what());
    int bytes = Math.toIntExact(count);
    if (memory.capacity() < bytes) {
      // A little more than is needed, as sizes of compressed chunks differ little.
      memory = ByteBuffer.allocateDirect(bytes + bytes / 8).order(ByteOrder.LITTLE_ENDIAN);
    }
    file.fill(address, memory.clear().limit(bytes), data.what());
    return memory.flip();
  }

  private void openIndex() throws IOException {
    file = StoredFile.open(part.file());
    StoredHeader root = StoredHeader.read(file, file.superblock().rootAddress(), "/");
    StoredHeader detector =
        root.child(file, part.name())
            .child(file, EntryNames.INSTRUMENT)
            .child(file, EntryNames.DETECTOR);
    data = StoredDataset.of(detector.child(file, EntryNames.DATA));
    index = new StoredIndex(file, data);
  }

  private ByteBuffer sound(ByteBuffer stored) throws IOException {
    int end = stored.limit() - Fletcher32.BYTES;
    if (end < 0) {
      throw new IOException("its chunk has no room for a checksum");
    }
    int expected = stored.getInt(end);
    int found = Fletcher32.of(stored.limit(end));
    if (found != expected) {
      throw new IOException(
          String.format("expected the checksum %08x, found %08x", expected, found));
    }
    return stored;
  }

  @Override
  public void close() throws IOException {
    if (frames != null) {
      frames.close();
    }
    if (file != null) {
      file.close();
    }
  }
}
