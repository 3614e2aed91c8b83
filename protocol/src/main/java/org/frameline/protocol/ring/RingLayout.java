package org.frameline.protocol.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.frameline.protocol.PrivateDirectory;
import org.frameline.protocol.RegularFile;

/**
 * Where things are in the file of a ring: docs/wire-format.md, "The frame ring". Immutable.
 *
 * @param frameBytes of the largest frame
 * @param slots how many frames it holds
 */
record RingLayout(int frameBytes, int slots) {
  static final int FILE_HEADER_BYTES = 4096;

  /** In the header: one more than the number of the first frame that is needed still, or 0. */
  static final int TAKEN_AT = 64;

  /** In the header: how many references in one message the reader takes; 0 as 1. */
  static final int TOGETHER_AT = 72;

  static final int SLOT_HEADER_BYTES = 64;
  static final int MOST_SLOTS = Integer.MAX_VALUE / 2;

  private static final byte[] MAGIC = {'F', 'L', 'R', 'I', 'N', 'G', '0', '1'};
  private static final int OWN_HEADER_BYTES = 32;
  private static final int ALIGNMENT = 64;
  private static final String PREFIX = "frameline-";
  private static final String SUFFIX = ".ring";

  /** Names of all rings, as a pattern. */
  static final String FILES = PREFIX + "*" + SUFFIX;

  static String fileName(String writer) {
    return PREFIX + writer + SUFFIX;
  }

  /** Whether this is the name of one of several rings of {@code writer}: {@code WRITER-NUMBER}. */
  static boolean isFileNameOf(String writer, Path file) {
    Path name = file.getFileName();
    return name != null
        && name.toString().startsWith(PREFIX + writer + "-")
        && name.toString().endsWith(SUFFIX);
  }

  /**
   * Bytes from one slot to the next.
   *
   * @throws ArithmeticException when a frame is too large for a slot
   */
  static int stride(int frameBytes) {
    return Math.addExact(frameBytes, SLOT_HEADER_BYTES + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** How many frames fit into this many bytes. */
  static int slotsIn(long bytes, int frameBytes) {
    long slots = Math.max(0, bytes - FILE_HEADER_BYTES) / stride(frameBytes);
    return (int) Math.min(MOST_SLOTS, slots);
  }

  int stride() {
    return stride(frameBytes);
  }

  long fileBytes() {
    return FILE_HEADER_BYTES + (long) slots * stride();
  }

  /** Where the slot of frame {@code n} is in the file. */
  long slotAt(long n) {
    return FILE_HEADER_BYTES + n % slots * stride();
  }

  /** The sequence number of a slot that holds the whole of frame {@code n}. */
  static long whole(long n) {
    return 2 * n + 2;
  }

  void writeTo(FileChannel channel) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(FILE_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).putLong(frameBytes).putLong(slots).putLong(stride()).rewind();
    channel.write(header, 0);
  }

  /**
   * Opens a file that is to be a ring. Its name came from a peer, so it must be in a directory of
   * ours, where nobody else could have put it, and no link to anywhere.
   *
   * @throws IOException when it is not there, may not be opened, or is no file of ours
   */
  static FileChannel openFile(Path file, OpenOption access, OpenOption... more) throws IOException {
    PrivateDirectory.requireOurs(file.toAbsolutePath().getParent());
    try {
      RegularFile.requireOwn(file);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    Set<OpenOption> options = new HashSet<>(List.of(more));
    options.add(access);
    options.add(LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(file, options);
  }

  /**
   * Reads the layout of a ring.
   *
   * @throws IOException when it is something else
   */
  static RingLayout in(FileChannel channel, Path file) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(OWN_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    channel.read(header, 0);
    byte[] magic = new byte[MAGIC.length];
    header.rewind().get(magic);
    long frameBytes = header.getLong();
    long slots = header.getLong();
    long stride = header.getLong();
    if (!Arrays.equals(magic, MAGIC) || !fits(frameBytes, slots, stride, channel.size())) {
      throw new IOException(
          String.format(
              "%s: expected a frame ring, found one of %,d slots of %,d bytes in %,d bytes",
              file, slots, frameBytes, channel.size()));
    }
    return new RingLayout((int) frameBytes, (int) slots);
  }

  private static boolean fits(long frameBytes, long slots, long stride, long fileBytes) {
    try {
      return frameBytes > 0
          && slots > 0
          && slots <= MOST_SLOTS
          && stride == stride(Math.toIntExact(frameBytes))
          && fileBytes >= FILE_HEADER_BYTES + slots * stride;
    } catch (ArithmeticException e) {
      return false;
    }
  }
}
