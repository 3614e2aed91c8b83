package org.frameline.recording.write;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.frameline.protocol.RegularFile;
import org.frameline.recording.stored.WriterLock;

/**
 * A file on disk, locked against other Frameline writers. Positional writes and forces may come
 * from different threads.
 */
final class LockedFile implements Disk {

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

  private LockedFile(RandomAccessFile file) {
    this.file = file;
    this.channel = file.getChannel();
  }

  /**
   * Opens a file for reading and writing, and creates it where it is missing.
   *
   * @throws IOException also when another writer has it open, or it is no file
   */
  static LockedFile open(Path path) throws IOException {
    RegularFile.require(path);
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      WriterLock.take(path, file.getChannel());
      return new LockedFile(file);
    } catch (IOException e) {
      file.close();
      throw e;
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
