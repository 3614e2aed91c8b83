package org.frameline.recording.stored;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.frameline.recording.hdf5.Bytes;
import org.frameline.recording.hdf5.Superblock;

/**
 * A file to look into, as it was when its superblock was read. Believes no address and no size
 * before it was compared with the end of the file. Not thread-safe.
 */
public final class StoredFile implements Closeable {

  private static final int ATTEMPTS = 5;
  private static final int CHECKSUM_BYTES = 4;

  private final FileChannel channel;
  private final Superblock superblock;
  private final long length;
  private final OptionalLong expectedBytes;

  /** Takes the channel over; it is read from any position, and closed with this. */
  public StoredFile(FileChannel channel) throws IOException {
    this(channel, readSuperblock(channel));
  }

  /** The same, in the state that a superblock tells of. */
  StoredFile(FileChannel channel, Superblock superblock) throws IOException {
    this.channel = channel;
    this.superblock = superblock;
    this.length = channel.size();
    expectedBytes =
        channel instanceof ReadChannel shown ? shown.expectedBytes() : OptionalLong.empty();
  }

  public static StoredFile open(Path path) throws IOException {
    FileChannel channel = new ReadChannel(path);
    try {
      return new StoredFile(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** A writer may be replacing it at this very moment. */
  private static Superblock readSuperblock(FileChannel channel) throws IOException {
    for (int attempt = 1; ; attempt++) {
      ByteBuffer bytes = ByteBuffer.allocate(Superblock.BYTES);
      fill(channel, bytes, 0);
      try {
        return Superblock.decode(bytes.flip());
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** The superblock of a file that need not be HDF5; empty when it is not, or of another kind. */
  public static Optional<Superblock> superblockOf(FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(Superblock.BYTES);
    fill(channel, start, 0);
    if (!Superblock.isHdf5(start.flip())) {
      return Optional.empty();
    }
    try {
      return Optional.of(readSuperblock(channel));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  public Superblock superblock() {
    return superblock;
  }

  /** How long it should be, when it was cut short; it is shown as it was at a checkpoint then. */
  public OptionalLong expectedBytes() {
    return expectedBytes;
  }

  /** Bytes of the file itself, which may be more than the superblock tells of, or fewer. */
  public long length() {
    return length;
  }

  /**
   * Reads some bytes, little-endian.
   *
   * @param what names them in an error
   */
  public ByteBuffer read(long address, int bytes, String what) throws IOException {
    require(address, bytes, what);
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    fill(address, buffer, what);
    return buffer.flip();
  }

  /** Fills a buffer from an address on. */
  public void fill(long address, ByteBuffer buffer, String what) throws IOException {
    require(address, buffer.remaining(), what);
    fill(channel, buffer, address);
    if (buffer.hasRemaining()) {
      throw new DamageException(address, what + ": the file ends before it, at " + length);
    }
  }

  /** That so many bytes are in the file. */
  public void require(long address, long bytes, String what) throws DamageException {
    long end = superblock.endOfFile();
    if (address < 0 || bytes < 0 || bytes > end || address > end - bytes) {
      throw new DamageException(
          address,
          what
              + ": expected it before the end of the file at "
              + end
              + ", found "
              + bytes
              + " bytes at "
              + address);
    }
    if (address + bytes > length) {
      throw new DamageException(address, what + ": the file is cut short at " + length);
    }
  }

  /** How many bytes there are from an address on, at most {@code bytes}. */
  int available(long address, int bytes) {
    return (int) Math.max(0, Math.min(bytes, superblock.endOfFile() - address));
  }

  /** That a structure begins with its name and ends with its checksum. */
  static void requireSound(ByteBuffer structure, String signature, long address, String what)
      throws DamageException {
    byte[] bytes = new byte[structure.limit()];
    structure.duplicate().rewind().get(bytes);
    int checked = structure.limit() - CHECKSUM_BYTES;
    boolean named =
        checked >= signature.length()
            && signature.equals(
                new String(
                    bytes, 0, signature.length(), java.nio.charset.StandardCharsets.US_ASCII));
    if (!named || structure.getInt(checked) != Bytes.lookup3(Arrays.copyOf(bytes, checked))) {
      throw new DamageException(
          address,
          what
              + ": expected "
              + signature
              + " with its checksum at "
              + address
              + ", found something else");
    }
  }

  private static void fill(FileChannel channel, ByteBuffer buffer, long address)
      throws IOException {
    long at = address;
    int count = 0;
    while (buffer.hasRemaining() && count >= 0) {
      count = channel.read(buffer, at);
      at += count;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
