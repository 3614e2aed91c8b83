package org.frameline.recording.stored;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The lock by which writers of recordings turn each other away, and by which others see that a file
 * is being written. It belongs to the channel, and goes when that is closed. Without state.
 */
public final class WriterLock {
  /** Far behind any data, where a lock disturbs nobody, even where locks are mandatory. */
  private static final long POSITION = 1L << 62;

  private WriterLock() {}

  /**
   * Proves with an exclusive lock that no other writer is there, then keeps a shared one: on
   * network file systems an exclusive lock would also turn readers away, whose HDF5 library asks
   * for a shared lock on the whole file.
   *
   * @throws IOException naming the file, when another writer has it open
   */
  public static void take(Path path, FileChannel channel) throws IOException {
    try {
      FileLock alone = channel.tryLock(POSITION, 1, false);
      if (alone == null) {
        throw new IOException(path + ": is in use by another process");
      }
      alone.release();
      channel.lock(POSITION, 1, true);
    } catch (OverlappingFileLockException e) {
      throw new IOException(path + ": is being written by this process already", e);
    }
  }

  /** Whether a writer has it; where asking is not allowed, nobody is said to write. */
  public static boolean isHeld(Path path) {
    if (!Files.isRegularFile(path) || !Files.isWritable(path)) {
      return false;
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        FileLock alone = file.getChannel().tryLock(POSITION, 1, false)) {
      return alone == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
