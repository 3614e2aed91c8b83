package org.frameline.recording.stored;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import org.frameline.protocol.RegularFile;
import org.frameline.recording.hdf5.Superblock;

/**
 * A file that is read but never mapped into memory. Through it jhdf reads what it would map
 * otherwise, chunk by chunk: mappings go only when the garbage collector comes round, until then a
 * long recording counts as memory of the process, and a file that is cut short under a mapping is
 * an error that no program survives.
 *
 * <p>A recording that was cut short is shown as it was at the last checkpoint that is whole. As
 * thread-safe as what it wraps.
 */
public final class ReadChannel extends FileChannel {
  private final FileChannel file;

  private final Optional<LastState> cut;

  /** Takes the place of what the file begins with; null where that can stay. */
  private final ByteBuffer superblock;

  /**
   * Opens a file.
   *
   * @throws IOException also when it is a device or a pipe, which might make the reader wait
   */
  public ReadChannel(Path path) throws IOException {
    RegularFile.require(path);
    file = FileChannel.open(path, StandardOpenOption.READ);
    try {
      cut = LastState.of(file);
      superblock = cut.flatMap(LastState::superblock).map(Superblock::encode).orElse(null);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** How long a file should be that was cut short. */
  public OptionalLong expectedBytes() {
    return cut.stream().mapToLong(LastState::expectedBytes).findAny();
  }

  /**
   * What is wrong with a file that cannot be read: that it was cut short, or what a reader says.
   */
  public String explain(String reason) throws IOException {
    return cut.isPresent() && superblock == null
        ? String.format(
            "is cut short: expected %d bytes, found %d, of which nothing can be read",
            cut.get().expectedBytes(), file.size())
        : reason;
  }

  private int shown(int read, ByteBuffer destination, int begin, long position) {
    if (superblock != null) {
      for (int i = 0; i < read && position + i < superblock.limit(); i++) {
        destination.put(begin + i, superblock.get((int) position + i));
      }
    }
    return read;
  }

  /** What jhdf takes for a system that cannot map files. */
  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException("this file is read, not mapped");
  }

  @Override
  public int read(ByteBuffer destination) throws IOException {
    long position = file.position();
    int begin = destination.position();
    return shown(file.read(destination), destination, begin, position);
  }

  @Override
  public long read(ByteBuffer[] destinations, int offset, int length) throws IOException {
    long all = 0;
    for (int i = offset; i < offset + length; i++) {
      int count = destinations[i].hasRemaining() ? read(destinations[i]) : 0;
      if (count < 0) {
        return all == 0 ? count : all;
      }
      all += count;
      if (destinations[i].hasRemaining()) {
        return all;
      }
    }
    return all;
  }

  @Override
  public int read(ByteBuffer destination, long position) throws IOException {
    int begin = destination.position();
    return shown(file.read(destination, position), destination, begin, position);
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    file.position(newPosition);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    if (superblock != null && position < superblock.limit()) {
      throw new UnsupportedOperationException("the beginning of this file is not as it shall be");
    }
    return file.transferTo(position, count, target);
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return file.lock(position, size, shared);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return file.tryLock(position, size, shared);
  }

  @Override
  public void force(boolean metaData) {
    // Nothing is written.
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) {
    throw new NonWritableChannelException();
  }

  @Override
  public int write(ByteBuffer source, long position) {
    throw new NonWritableChannelException();
  }

  @Override
  public FileChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new NonWritableChannelException();
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
  }
}
