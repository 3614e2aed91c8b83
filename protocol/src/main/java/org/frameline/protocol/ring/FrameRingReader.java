package org.frameline.protocol.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Reads the {@link FrameRing} of another process. It stays readable when that process ends.
 * Thread-safe.
 */
public final class FrameRingReader {
  private static final int OWN_HEADER_BYTES = 32;

  private final RingSlots slots;

  private FrameRingReader(RingSlots slots) {
    this.slots = slots;
  }

  /**
   * Opens a ring.
   *
   * @param stream the stream that it must belong to
   * @throws IOException when it is not there, may not be read, or is something else
   */
  public static FrameRingReader open(Path file, String stream) throws IOException {
    if (!file.endsWith(FrameRing.fileName(stream))) {
      throw new IOException(file + ": expected the ring of stream " + stream);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer header = ByteBuffer.allocate(OWN_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      channel.read(header, 0);
      byte[] magic = new byte[RingSlots.MAGIC.length];
      header.rewind().get(magic);
      long frameBytes = header.getLong();
      long slots = header.getLong();
      long stride = header.getLong();
      if (!Arrays.equals(magic, RingSlots.MAGIC)
          || !fits(frameBytes, slots, stride, channel.size())) {
        throw new IOException(
            String.format(
                "%s: expected a frame ring, found one of %,d slots of %,d bytes in %,d bytes",
                file, slots, frameBytes, channel.size()));
      }
      return new FrameRingReader(
          new RingSlots(channel, FileChannel.MapMode.READ_ONLY, (int) frameBytes, (int) slots));
    }
  }

  private static boolean fits(long frameBytes, long slots, long stride, long fileBytes) {
    try {
      return frameBytes > 0
          && slots > 0
          && slots <= FrameRing.MOST_SLOTS
          && stride == RingSlots.stride(Math.toIntExact(frameBytes))
          && fileBytes >= RingSlots.FILE_HEADER_BYTES + slots * stride;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  /** Bytes of the largest frame that it holds. */
  public int frameBytes() {
    return slots.frameBytes();
  }

  /** As {@link FrameRing#read}. */
  public boolean read(long n, byte[] destination) {
    return slots.read(n, destination);
  }
}
