package org.frameline.protocol.ring;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The one reader of a {@link FrameRing} whose writer overwrites nothing that is still needed: takes
 * frames out, and says so in the ring. It stays readable when the writer ends. Not thread-safe.
 *
 * <p>It reads the file by position and maps nothing, since what is mapped takes its memory until it
 * is collected, also when the file is gone, and writers may come and go by the hundred.
 */
public final class RingTaker implements AutoCloseable {
  /** Small enough to stay in the processor's cache between its two copies, by and in Java. */
  private static final int PIECE = 256 << 10;

  private final FileChannel channel;
  private final RingLayout layout;
  private final ByteBuffer number =
      ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  private RingTaker(FileChannel channel, RingLayout layout) {
    this.channel = channel;
    this.layout = layout;
  }

  /**
   * Opens a ring; {@link #take} then tells the writer that somebody reads.
   *
   * @param writer who writes it; it may have had other rings before
   * @throws IOException when it is not there, may not be written, or is something else
   */
  public static RingTaker open(Path file, String writer) throws IOException {
    if (!RingLayout.isFileNameOf(writer, file)) {
      throw new IOException(file + ": expected a ring of " + writer);
    }
    FileChannel channel =
        RingLayout.openFile(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      return new RingTaker(channel, RingLayout.in(channel, file));
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
   * Copies frame {@code n}; it need not be taken yet.
   *
   * @param destination takes the first {@code destination.length} bytes of it, at most {@link
   *     #frameBytes}
   * @return false when it is not there; the destination is undefined then
   */
  public boolean read(long n, byte[] destination) throws IOException {
    if (!has(n)) {
      return false;
    }
    VarHandle.fullFence();
    long at = layout.slotAt(n) + RingLayout.SLOT_HEADER_BYTES;
    int done = 0;
    while (done < destination.length) {
      int length = Math.min(PIECE, destination.length - done);
      int read = channel.read(ByteBuffer.wrap(destination, done, length), at + done);
      if (read < 0) {
        return false;
      }
      done += read;
    }
    VarHandle.fullFence();
    return has(n);
  }

  /** Whether frame {@code n} is there, whole. */
  public boolean has(long n) throws IOException {
    return sequence(n) == RingLayout.whole(n);
  }

  private long sequence(long n) throws IOException {
    number.clear();
    return channel.read(number, layout.slotAt(n)) == Long.BYTES ? number.getLong(0) : 0;
  }

  /** Tells the writer that no frame below {@code n} is needed any more. */
  public void take(long n) throws IOException {
    number.clear();
    number.putLong(0, n + 1);
    channel.write(number, RingLayout.TAKEN_AT);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
