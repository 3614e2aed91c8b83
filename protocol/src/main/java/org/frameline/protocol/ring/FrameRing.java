package org.frameline.protocol.ring;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
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
  private static final byte[] MAGIC = {'F', 'L', 'R', 'I', 'N', 'G', '0', '1'};
  private static final int FILE_HEADER_BYTES = 4096;
  private static final int SLOT_HEADER_BYTES = 64;
  private static final int ALIGNMENT = 64;
  private static final long LARGEST_SEGMENT = 1L << 30;
  private static final int ZEROS = 1 << 20;
  private static final VarHandle SEQUENCE =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Path file;
  private final FileChannel channel;
  private final int frameBytes;
  private final int slots;
  private final int stride;
  private final int slotsPerSegment;
  private final MappedByteBuffer[] segments;

  private FrameRing(Path file, FileChannel channel, int frameBytes, int slots) throws IOException {
    this.file = file;
    this.channel = channel;
    this.frameBytes = frameBytes;
    this.slots = slots;
    stride = stride(frameBytes);
    slotsPerSegment = (int) Math.max(1, LARGEST_SEGMENT / stride);
    segments = new MappedByteBuffer[(slots + slotsPerSegment - 1) / slotsPerSegment];
    for (int i = 0; i < segments.length; i++) {
      int first = i * slotsPerSegment;
      long bytes = (long) Math.min(slotsPerSegment, slots - first) * stride;
      segments[i] =
          channel.map(
              FileChannel.MapMode.READ_WRITE, FILE_HEADER_BYTES + (long) first * stride, bytes);
      segments[i].order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private static int stride(int frameBytes) {
    return Math.addExact(frameBytes, SLOT_HEADER_BYTES + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** How many frames fit into this many bytes. */
  public static int slotsIn(long bytes, int frameBytes) {
    long slots = Math.max(0, bytes - FILE_HEADER_BYTES) / stride(frameBytes);
    return (int) Math.min(Integer.MAX_VALUE / 2, slots);
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
    Path file = directory.resolve(PREFIX + stream + SUFFIX);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      channel.lock(0, 1, false);
      fill(channel, FILE_HEADER_BYTES + (long) slots * stride(frameBytes));
      ByteBuffer header = ByteBuffer.allocate(FILE_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      header.put(MAGIC).putLong(frameBytes).putLong(slots).putLong(stride(frameBytes)).rewind();
      channel.write(header, 0);
      return new FrameRing(file, channel, frameBytes, slots);
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
    return slots;
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
    SEQUENCE.setOpaque(segment(n), offset(n), 2 * n + 1);
    VarHandle.fullFence();
    return segment(n)
        .slice(offset(n) + SLOT_HEADER_BYTES, frameBytes)
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Frame {@code n} is whole now. */
  public void commit(long n) {
    SEQUENCE.setRelease(segment(n), offset(n), 2 * n + 2);
  }

  /**
   * Copies frame {@code n}.
   *
   * @param destination takes the first {@code destination.length} bytes of it
   * @return false when it is not there, not yet, or no longer; the destination is undefined then
   */
  public boolean read(long n, byte[] destination) {
    long whole = 2 * n + 2;
    ByteBuffer segment = segment(n);
    if ((long) SEQUENCE.getAcquire(segment, offset(n)) != whole) {
      return false;
    }
    segment.get(offset(n) + SLOT_HEADER_BYTES, destination);
    VarHandle.acquireFence();
    return (long) SEQUENCE.getOpaque(segment, offset(n)) == whole;
  }

  private MappedByteBuffer segment(long n) {
    return segments[(int) (n % slots) / slotsPerSegment];
  }

  private int offset(long n) {
    return (int) (n % slots) % slotsPerSegment * stride;
  }

  /** Removes the file. What is mapped stays so until it is collected. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }
}
