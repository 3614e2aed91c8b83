package org.frameline.protocol.ring;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.frameline.protocol.FramePixels;

/**
 * Reads the {@link FrameRing} of another process, which waits for nobody. It stays readable when
 * that process ends, and costs no memory once it is closed. Whatever happens to the file, a reader
 * gets an {@link IOException} at worst: it reads by position, and what it maps is not for Java to
 * look at. Thread-safe but for {@link #slot} and {@link #close}.
 */
public final class RingReader implements AutoCloseable {
  private static final long LARGEST_SEGMENT = 1L << 30;

  private final FileChannel channel;
  private final RingLayout layout;
  private final int slotsPerSegment;
  private final Mapping[] segments;

  RingReader(FileChannel channel, RingLayout layout) {
    this.channel = channel;
    this.layout = layout;
    slotsPerSegment = (int) Math.max(1, LARGEST_SEGMENT / layout.stride());
    segments = new Mapping[(layout.slots() + slotsPerSegment - 1) / slotsPerSegment];
  }

  /**
   * Opens a ring.
   *
   * @param writer who writes it: a stream
   * @throws IOException when it is not there, may not be read, belongs to somebody else, or is
   *     something else
   */
  public static RingReader open(Path file, String writer) throws IOException {
    if (!file.endsWith(RingLayout.fileName(writer))) {
      throw new IOException(file + ": expected the ring of " + writer);
    }
    return open(file);
  }

  /** Opens one of several rings of a writer; as {@link #open}. */
  public static RingReader openOneOf(Path file, String writer) throws IOException {
    if (!RingLayout.isFileNameOf(writer, file)) {
      throw new IOException(file + ": expected a ring of " + writer);
    }
    return open(file);
  }

  private static RingReader open(Path file) throws IOException {
    FileChannel channel = RingLayout.openFile(file, StandardOpenOption.READ);
    try {
      return new RingReader(channel, RingLayout.in(channel, file));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Bytes of the largest frame that it holds. */
  public int frameBytes() {
    return layout.frameBytes();
  }

  /**
   * The first bytes of frame {@code n}, whether it is there or not.
   *
   * @param bytes at most {@link #frameBytes}
   */
  public FramePixels pixels(long n, int bytes) {
    return new SlotPixels(this, n, bytes);
  }

  /**
   * Whether frame {@code n} is there, whole, and still was before this was called. Nothing is there
   * any more once somebody has made the file shorter.
   */
  public boolean has(long n) throws IOException {
    return isWhole(n) && channel.size() >= layout.fileBytes();
  }

  private boolean isWhole(long n) throws IOException {
    VarHandle.fullFence();
    ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    boolean isWhole =
        channel.read(number, layout.slotAt(n)) == Long.BYTES
            && number.getLong(0) == RingLayout.whole(n);
    VarHandle.fullFence();
    return isWhole;
  }

  /**
   * Copies frame {@code n}.
   *
   * @param destination is filled with the first bytes of it, at most {@link #frameBytes}; direct
   *     memory saves a copy
   * @return false when it is not there, not yet, or no longer; the destination is undefined then
   */
  public boolean read(long n, ByteBuffer destination) throws IOException {
    // A file that is too short shows by itself where the bytes are copied.
    if (!isWhole(n)) {
      return false;
    }
    ByteBuffer rest = destination.duplicate();
    long at = layout.slotAt(n) + RingLayout.SLOT_HEADER_BYTES - rest.position();
    while (rest.hasRemaining()) {
      if (channel.read(rest, at + rest.position()) < 0) {
        return false;
      }
    }
    return isWhole(n);
  }

  /**
   * Where frame {@code n} is or was: for the system to read, as in {@link FileChannel#write}, never
   * for Java. Ask {@link #has} before, and again afterwards: what was overwritten meanwhile is
   * worth nothing.
   *
   * @return its first bytes, in memory that is there until {@link #close}
   */
  public ByteBuffer slot(long n, int bytes) throws IOException {
    int slot = (int) (n % layout.slots());
    int segment = slot / slotsPerSegment;
    if (segments[segment] == null) {
      int first = segment * slotsPerSegment;
      long size = (long) Math.min(slotsPerSegment, layout.slots() - first) * layout.stride();
      segments[segment] = Mapping.of(channel, layout.slotAt(first), size);
    }
    int at = slot % slotsPerSegment * layout.stride() + RingLayout.SLOT_HEADER_BYTES;
    return segments[segment].memory().slice(at, bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    for (Mapping segment : segments) {
      if (segment != null) {
        segment.close();
      }
    }
    channel.close();
  }
}
