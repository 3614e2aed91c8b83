package org.frameline.recording.images;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.frameline.recording.Checksum;
import org.frameline.recording.EntryNames;
import org.frameline.recording.stored.ReadChannel;
import org.frameline.recording.stored.StoredDataset;
import org.frameline.recording.stored.StoredFile;
import org.frameline.recording.stored.StoredHeader;
import org.frameline.recording.stored.StoredIndex;

/**
 * Where the frames of a recording of ours are that has neither compression nor checksums: they are
 * read from there into memory that is used again and again. 8 bytes for each chunk. Thread-safe.
 */
final class PlainFrames {
  private final StoredFile file;
  private final StoredDataset data;
  private final int frameBytes;
  private final long[] chunks;

  private PlainFrames(StoredFile file, StoredDataset data) throws IOException {
    this.file = file;
    this.data = data;
    frameBytes = data.chunkBytes() / data.rowsPerChunk();
    if (data.chunks() > file.length() / data.chunkBytes()) {
      throw new IOException("expected chunks that fit into the file");
    }
    chunks = new long[(int) data.chunks()];
    StoredIndex index = new StoredIndex(file, data);
    while (index.next()) {
      chunks[(int) index.chunk()] = index.address();
    }
  }

  /**
   * The frames of an entry.
   *
   * @param channel of the file, which its owner closes
   * @return empty where the entry was not written by us, or has to be decompressed or verified
   */
  static Optional<PlainFrames> of(ReadChannel channel, String entry) {
    try {
      StoredFile file = new StoredFile(channel);
      StoredHeader root = StoredHeader.read(file, file.superblock().rootAddress(), "/");
      StoredHeader detector =
          root.child(file, entry)
              .child(file, EntryNames.INSTRUMENT)
              .child(file, EntryNames.DETECTOR);
      StoredDataset data = StoredDataset.of(detector.child(file, EntryNames.DATA));
      return data.deflated() || data.checksum() != Checksum.NONE
          ? Optional.empty()
          : Optional.of(new PlainFrames(file, data));
    } catch (IOException e) {
      // Another library has written it, or it is damaged; jhdf knows how to read it, or says why
      // not.
      return Optional.empty();
    }
  }

  /** Whether a frame was there when this was made. */
  boolean has(long index) {
    return index < data.rows();
  }

  /**
   * Reads a frame to the beginning of a buffer.
   *
   * @throws IOException when the file ends before it
   */
  void read(long index, ByteBuffer to) throws IOException {
    long inChunk = index % data.rowsPerChunk() * frameBytes;
    long address = chunks[(int) (index / data.rowsPerChunk())] + inChunk;
    file.fill(address, to.clear().limit(frameBytes), data.what());
    to.flip();
  }
}
