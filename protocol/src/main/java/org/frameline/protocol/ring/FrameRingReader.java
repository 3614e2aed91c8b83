package org.frameline.protocol.ring;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads the {@link FrameRing} of another process, which waits for nobody. It stays readable when
 * that process ends. Thread-safe.
 */
public final class FrameRingReader {
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
    if (!file.endsWith(RingLayout.fileName(stream))) {
      throw new IOException(file + ": expected the ring of stream " + stream);
    }
    try (FileChannel channel = RingLayout.openFile(file, StandardOpenOption.READ)) {
      RingLayout layout = RingLayout.in(channel, file);
      return new FrameRingReader(new RingSlots(channel, FileChannel.MapMode.READ_ONLY, layout));
    }
  }

  /** Bytes of the largest frame that it holds. */
  public int frameBytes() {
    return slots.layout().frameBytes();
  }

  /** As {@link FrameRing#read}. */
  public boolean read(long n, byte[] destination) {
    return slots.read(n, destination);
  }
}
