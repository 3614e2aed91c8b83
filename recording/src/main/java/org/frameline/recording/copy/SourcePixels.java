package org.frameline.recording.copy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.frameline.recording.Checksum;
import org.frameline.recording.EntryNames;
import org.frameline.recording.hdf5.Fletcher32;
import org.frameline.recording.images.FrameReader;
import org.frameline.recording.stored.StoredDataset;
import org.frameline.recording.stored.StoredFile;
import org.frameline.recording.stored.StoredHeader;
import org.frameline.recording.stored.StoredIndex;

/** The pixels of one entry while it is copied. Not thread-safe. */
final class SourcePixels implements Closeable {
  private final SourceEntry part;
  private final FrameReader frames;
  private StoredFile file;
  private StoredDataset data;
  private StoredIndex index;

  SourcePixels(SourceEntry part) throws IOException {
    this.part = part;
    frames = FrameReader.open(part.file(), part.name());
    frames.readAhead();
  }

  /** A frame with its filters undone. */
  ByteBuffer frame(int row) throws IOException {
    return frames.frame(row);
  }

  /**
   * A chunk behind shuffle and deflate, whose checksum was right where it has one.
   *
   * @param chunk its number; not below the one asked for before
   */
  ByteBuffer deflated(int chunk) throws IOException {
    try {
      if (index == null) {
        openIndex();
      }
      while (index.chunk() < chunk && index.next()) {
        // On to the one that is wanted.
      }
      ByteBuffer stored = file.read(index.address(), (int) index.size(), data.what());
      return data.checksum() == Checksum.NONE ? stored : sound(stored);
    } catch (IOException e) {
      int row = chunk * part.data().rowsPerChunk();
      throw new IOException(
          String.format(
              "%s: cannot read frame %d, row %d of %s: %s",
              part.file(), part.number(row), row, part.name(), e.getMessage()),
          e);
    }
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
    frames.close();
    if (file != null) {
      file.close();
    }
  }
}
