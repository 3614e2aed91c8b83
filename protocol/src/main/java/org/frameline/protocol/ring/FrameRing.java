package org.frameline.protocol.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The last frames of one stream in a memory-mapped file: slots of one size, frame {@code n} in slot
 * {@code n % slots}. One thread writes; any number of threads read at the same time and never hold
 * it up. A reader proves by the slot's sequence number, before and after it copied, that the frame
 * was not overwritten meanwhile (a seqlock).
 *
 * <p>Layout: docs/wire-format.md, "The frame ring".
 */
public final class FrameRing implements AutoCloseable {
  private static final String PREFIX = "frameline-";
  private static final String SUFFIX = ".ring";
  private static final int ZEROS = 1 << 20;
  static final int MOST_SLOTS = Integer.MAX_VALUE / 2;

  private final Path file;
  private final FileChannel channel;
  private final RingSlots slots;

  private FrameRing(Path file, FileChannel channel, RingSlots slots) {
    this.file = file;
    this.channel = channel;
    this.slots = slots;
  }

  static String fileName(String stream) {
    return PREFIX + stream + SUFFIX;
  }

  /** How many frames fit into this many bytes. */
  public static int slotsIn(long bytes, int frameBytes) {
    long slots = Math.max(0, bytes - RingSlots.FILE_HEADER_BYTES) / RingSlots.stride(frameBytes);
    return (int) Math.min(MOST_SLOTS, slots);
  }

  /**
   * Makes a ring. All its space is taken at once: a mapped file that ran out of it later would kill
   * the process. Rings that a killed process left in the directory are removed.
   *
   * @param frameBytes largest frame
   * @param slots how many frames it holds, at least 1
   * @throws IOException when there is no room for it in the directory
   */
  public static FrameRing create(Path directory, String stream, int frameBytes, int slots)
      throws IOException {
    removeAbandoned(directory);
    Path file = directory.resolve(fileName(stream));
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      channel.lock(0, 1, false);
      int stride = RingSlots.stride(frameBytes);
      fill(channel, RingSlots.FILE_HEADER_BYTES + (long) slots * stride);
      ByteBuffer header =
          ByteBuffer.allocate(RingSlots.FILE_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      header.put(RingSlots.MAGIC).putLong(frameBytes).putLong(slots).putLong(stride).rewind();
      channel.write(header, 0);
      return new FrameRing(
          file, channel, new RingSlots(channel, FileChannel.MapMode.READ_WRITE, frameBytes, slots));
    } catch (IOException | RuntimeException e) {
      channel.close();
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static void fill(FileChannel channel, long bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
    for (long at = 0; at < bytes; at += zeros.limit()) {
      zeros.clear().limit((int) Math.min(ZEROS, bytes - at));
      while (zeros.hasRemaining()) {
        channel.write(zeros, at + zeros.position());
      }
    }
  }

  /** A ring in use is locked by its process, and the lock ends with the process. */
  private static void removeAbandoned(Path directory) throws IOException {
    try (DirectoryStream<Path> rings = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
      for (Path ring : rings) {
        if (Files.isWritable(ring)) {
          removeIfAbandoned(ring);
        }
      }
    }
  }

  private static void removeIfAbandoned(Path ring) {
    try (FileChannel channel = FileChannel.open(ring, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock(0, 1, false)) {
      if (lock != null && channel.size() > 0) {
        Files.deleteIfExists(ring);
      }
    } catch (IOException | OverlappingFileLockException e) {
      // Somebody else's, in use, or gone meanwhile: not ours to remove.
      return;
    }
  }

  /** How many frames it holds. */
  public int slots() {
    return slots.slots();
  }

  /** The file, for readers in other processes. */
  public Path file() {
    return file;
  }

  /**
   * Where to write frame {@code n}; until {@link #commit} nobody reads it. The frame that was there
   * is gone.
   *
   * @return {@code frameBytes} bytes, little endian, to be used before the next call only
   */
  public ByteBuffer begin(long n) {
    return slots.begin(n);
  }

  /** Frame {@code n} is whole now. */
  public void commit(long n) {
    slots.commit(n);
  }

  /**
   * Copies frame {@code n}.
   *
   * @param destination takes the first {@code destination.length} bytes of it
   * @return false when it is not there, not yet, or no longer; the destination is undefined then
   */
  public boolean read(long n, byte[] destination) {
    return slots.read(n, destination);
  }

  /** Removes the file. What is mapped stays so until it is collected. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }
}
