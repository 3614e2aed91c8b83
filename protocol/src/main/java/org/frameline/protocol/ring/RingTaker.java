package org.frameline.protocol.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The one reader of a {@link FrameRing} whose writer overwrites nothing that is still needed: takes
 * frames out, and says so in the ring. Not thread-safe.
 */
public final class RingTaker implements AutoCloseable {
  private final FileChannel channel;
  private final RingReader frames;

  private RingTaker(FileChannel channel, RingReader frames) {
    this.channel = channel;
    this.frames = frames;
  }

  /**
   * Opens a ring; {@link #take} then tells the writer that somebody reads.
   *
   * @param writer who writes it; it may have had other rings before
   * @throws IOException when it is not there, may not be written, belongs to somebody else, or is
   *     something else
   */
  public static RingTaker open(Path file, String writer) throws IOException {
    if (!RingLayout.isFileNameOf(writer, file)) {
      throw new IOException(file + ": expected a ring of " + writer);
    }
    FileChannel channel =
        RingLayout.openFile(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      return new RingTaker(channel, new RingReader(channel, RingLayout.in(channel, file)));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** What can be taken; closed with this. */
  public RingReader frames() {
    return frames;
  }

  /** Tells the writer that no frame below {@code n} is needed any more. */
  public void take(long n) throws IOException {
    write(n + 1, RingLayout.TAKEN_AT);
  }

  /** Tells the writer how many references in one message are taken. */
  public void takesTogether(int references) throws IOException {
    write(references, RingLayout.TOGETHER_AT);
  }

  private void write(long value, long at) throws IOException {
    ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    number.putLong(0, value);
    channel.write(number, at);
  }

  @Override
  public void close() throws IOException {
    frames.close();
  }
}
