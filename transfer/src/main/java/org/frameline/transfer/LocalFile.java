package org.frameline.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** A file on this machine, read or written by pieces. Not thread-safe. */
final class LocalFile implements AutoCloseable {
  private static final Set<OpenOption> WRITING =
      Set.of(
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.CREATE,
          LinkOption.NOFOLLOW_LINKS);

  private final Path path;
  private final FileChannel channel;
  private final ByteBuffer piece = ByteBuffer.allocate(Pieces.BYTES);

  private LocalFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** To be compared. */
  static LocalFile read(Path path) throws IOException {
    return new LocalFile(path, FileChannel.open(path, StandardOpenOption.READ));
  }

  /**
   * To be filled; made where it is missing.
   *
   * @throws IOException also when another process fills it
   */
  static LocalFile write(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, WRITING);
    if (!lock(channel)) {
      channel.close();
      throw new IOException("another process is fetching it");
    }
    return new LocalFile(path, channel);
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Path path() {
    return path;
  }

  long length() throws IOException {
    return channel.size();
  }

  /** Takes away what is behind this length. */
  void cut(long length) throws IOException {
    channel.truncate(length);
  }

  /** SHA-256 of so many bytes, which are there. */
  String sum(long offset, int length) throws IOException {
    piece.clear().limit(length);
    while (piece.hasRemaining()) {
      if (channel.read(piece, offset + piece.position()) < 0) {
        throw new IOException("it became shorter meanwhile");
      }
    }
    return Pieces.sum(piece.flip());
  }

  void write(long offset, ByteBuffer bytes) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  /** Makes all that was written durable. */
  void force() throws IOException {
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
