package org.frameline.recording;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;

/**
 * A file on disk, locked against other Frameline writers. Positional writes and forces may come
 * from different threads.
 */
final class DiskOutput implements RecordingOutput {

  /** Far behind any data, where a lock disturbs nobody, even where locks are mandatory. */
  static final long LOCK_POSITION = 1L << 62;

  /**
   * The file is this much longer than what was written, in a hole that takes no space. HDF5 asks
   * for the length of a file before it reads in the superblock how long it should be: a checkpoint
   * between the two would make it a truncated file.
   */
  private static final long AHEAD = 64L << 20;

  private final RandomAccessFile file;
  private final FileChannel channel;
  private long length;
  private long written;

  private DiskOutput(RandomAccessFile file) {
    this.file = file;
    this.channel = file.getChannel();
  }

  /**
   * Opens a file for reading and writing, and creates it where it is missing.
   *
   * @throws IOException also when another writer has it open
   */
  static DiskOutput open(Path path) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      lock(path, file.getChannel());
      return new DiskOutput(file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Proves with an exclusive lock that no other writer is there, then keeps a shared one: on
   * network file systems an exclusive lock would also turn readers away, whose HDF5 library asks
   * for a shared lock on the whole file.
   */
  private static void lock(Path path, FileChannel channel) throws IOException {
    try {
      FileLock alone = channel.tryLock(LOCK_POSITION, 1, false);
      if (alone == null) {
        throw new IOException(path + ": is in use by another process");
      }
      alone.release();
      channel.lock(LOCK_POSITION, 1, true);
    } catch (OverlappingFileLockException e) {
      throw new IOException(path + ": is being written by this process already", e);
    }
  }

  FileChannel channel() {
    return channel;
  }

  @Override
  public void write(ByteBuffer bytes, long position) throws IOException {
    keepAhead(position + bytes.remaining());
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  /** In one call of the system, not two for each chunk. */
  @Override
  public void write(ByteBuffer bytes, ByteBuffer behind, long position) throws IOException {
    keepAhead(position + bytes.remaining() + behind.remaining());
    // Only the one writing thread uses the channel's own position; all other writes say theirs.
    channel.position(position);
    ByteBuffer[] both = {bytes, behind};
    while (behind.hasRemaining()) {
      channel.write(both);
    }
  }

  private synchronized void keepAhead(long end) throws IOException {
    boolean grows = end > written;
    written = Math.max(written, end);
    if (grows && end + AHEAD / 2 > length) {
      length = end + AHEAD;
      file.setLength(length);
    }
  }

  @Override
  public void force() throws IOException {
    channel.force(false);
  }

  @Override
  public long length() throws IOException {
    return channel.size();
  }

  @Override
  public synchronized void setLength(long length) throws IOException {
    this.length = length;
    file.setLength(length);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
