package org.frameline.recording.stored;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.frameline.recording.EntryNames;
import org.frameline.recording.hdf5.HeaderMessage;
import org.frameline.recording.hdf5.Superblock;

/**
 * Finds the last checkpoint that is whole in a recording that was cut short, as by a copy that
 * broke off. The superblock names the newest root group, which was at the end and is gone; but each
 * checkpoint has left its own, behind everything that it refers to. Immutable.
 *
 * @param expectedBytes how long the file should be
 * @param superblock the one that it would have had then; empty when no checkpoint is left
 */
record LastState(long expectedBytes, Optional<Superblock> superblock) {
  private static final int BLOCK_BYTES = 1 << 20;
  private static final int ALIGNMENT = 8;
  private static final byte VERSION = 2;
  private static final int OLD_END_OF_FILE = 40;
  private static final int SIGNATURE =
      ByteBuffer.wrap("OHDR".getBytes(StandardCharsets.US_ASCII))
          .order(ByteOrder.LITTLE_ENDIAN)
          .getInt();

  /**
   * Looks from the end backwards.
   *
   * @return empty when the file is not cut short
   */
  static Optional<LastState> of(FileChannel file) throws IOException {
    long length = file.size();
    ByteBuffer start = ByteBuffer.allocate(Superblock.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    read(file, start, 0);
    Superblock newest;
    try {
      newest = Superblock.decode(start.flip());
    } catch (IOException e) {
      // None of ours, but perhaps one of which it can be told.
      return ofOldFile(start.rewind(), length);
    }
    if (newest.endOfFile() <= length) {
      return Optional.empty();
    }
    StoredFile cut = new StoredFile(file, new Superblock(length, HeaderMessage.UNDEFINED));
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long end = length; end > 0; ) {
      long from = Math.max(0, (end - 1) / BLOCK_BYTES * BLOCK_BYTES);
      read(file, block.clear().limit((int) (end - from)), from);
      for (int at = block.position() / ALIGNMENT * ALIGNMENT; at >= 0; at -= ALIGNMENT) {
        boolean mayBe = at + ALIGNMENT <= block.position() && block.getInt(at) == SIGNATURE;
        if (mayBe && block.get(at + Integer.BYTES) == VERSION && isRoot(cut, from + at)) {
          Superblock then = new Superblock(length, from + at);
          return Optional.of(new LastState(newest.endOfFile(), Optional.of(then)));
        }
      }
      end = from;
    }
    return Optional.of(new LastState(newest.endOfFile(), Optional.empty()));
  }

  /** Most libraries write superblock version 0, and say there too how long the file is. */
  private static Optional<LastState> ofOldFile(ByteBuffer start, long length) {
    boolean isOld =
        start.remaining() == Superblock.BYTES && Superblock.isHdf5(start) && start.get(8) == 0;
    long expected = isOld ? start.getLong(OLD_END_OF_FILE) : 0;
    return expected > length
        ? Optional.of(new LastState(expected, Optional.empty()))
        : Optional.empty();
  }

  private static boolean isRoot(StoredFile file, long address) {
    try {
      return StoredHeader.read(file, address, "/").links().containsKey(EntryNames.FIRST);
    } catch (IOException e) {
      // Pixels that look like a header, or a header that is not whole.
      return false;
    }
  }

  private static void read(FileChannel file, ByteBuffer buffer, long position) throws IOException {
    int count = 0;
    while (buffer.hasRemaining() && count >= 0) {
      count = file.read(buffer, position + buffer.position());
    }
  }
}
