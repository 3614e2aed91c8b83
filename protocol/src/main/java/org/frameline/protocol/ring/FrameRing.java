package org.frameline.protocol.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * The last frames of one writer in a memory-mapped file: slots of one size, frame {@code n} in slot
 * {@code n % slots}. One thread writes; any number of threads read at the same time and never hold
 * it up. A reader proves by the slot's sequence number, before and after it copied, that the frame
 * was not overwritten meanwhile (a seqlock).
 *
 * <p>Layout: docs/wire-format.md, "The frame ring".
 */
public final class FrameRing implements AutoCloseable {
  private static final int ZEROS = 1 << 20;

  private final Path file;
  private final FileChannel channel;
  private final RingSlots slots;

  private FrameRing(Path file, FileChannel channel, RingSlots slots) {
    this.file = file;
    this.channel = channel;
    this.slots = slots;
  }

  /** How many frames fit into this many bytes. */
  public static int slotsIn(long bytes, int frameBytes) {
    return RingLayout.slotsIn(bytes, frameBytes);
  }

  /**
   * Makes a ring. All its space is taken at once: a mapped file that ran out of it later would kill
   * the process. Rings that a killed process left in the directory are removed.
   *
   * @param writer names the file; a publisher's ring has the name of its stream
   * @param frameBytes largest frame
   * @param slots how many frames it holds, at least 1
   * @throws IOException when there is no room for it in the directory
   */
  public static FrameRing create(Path directory, String writer, int frameBytes, int slots)
      throws IOException {
    removeAbandoned(directory);
    Path file = directory.resolve(RingLayout.fileName(writer));
    FileChannel channel = newFile(file);
    try {
      channel.lock(0, 1, false);
      RingLayout layout = new RingLayout(frameBytes, slots);
      fill(channel, layout.fileBytes());
      layout.writeTo(channel);
      return new FrameRing(
          file, channel, new RingSlots(channel, FileChannel.MapMode.READ_WRITE, layout));
    } catch (IOException | RuntimeException e) {
      channel.close();
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** What the camera sees is for its user alone, in whatever directory. */
  private static FileChannel newFile(Path file) throws IOException {
    Set<StandardOpenOption> options =
        EnumSet.of(
            StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? FileChannel.open(
            file,
            options,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
        : FileChannel.open(file, options);
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
    try (DirectoryStream<Path> rings = Files.newDirectoryStream(directory, RingLayout.FILES)) {
      for (Path ring : rings) {
        // To open a pipe of such a name would wait for who reads it.
        if (Files.isRegularFile(ring, LinkOption.NOFOLLOW_LINKS) && Files.isWritable(ring)) {
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

  /** Bytes of the largest frame that it holds. */
  public int frameBytes() {
    return slots.layout().frameBytes();
  }

  /**
   * What the one reader that is to be waited for has said: it needs no frame below this one any
   * more. -1 when it has not said so yet, or there is none.
   */
  public long taken() {
    return slots.taken();
  }

  /** How many references in one message the reader that is to be waited for takes. */
  public long together() {
    return slots.together();
  }

  /** How many frames it holds. */
  public int slots() {
    return slots.layout().slots();
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
   * @param destination takes as many bytes of it as there is room; its position stays
   * @return false when it is not there, not yet, or no longer; the destination is undefined then
   */
  public boolean read(long n, ByteBuffer destination) {
    return slots.read(n, destination);
  }

  /** Removes the file. What is mapped stays so until it is collected. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }
}
