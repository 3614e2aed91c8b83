package org.frameline.protocol.ring;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.frameline.protocol.FramePixels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first bytes of a slot of another process' ring. */
final class SlotPixels implements FramePixels {
  private static final Logger LOG = LoggerFactory.getLogger(SlotPixels.class);

  private final RingReader ring;
  private final long n;
  private final int bytes;

  SlotPixels(RingReader ring, long n, int bytes) {
    this.ring = ring;
    this.n = n;
    this.bytes = bytes;
  }

  @Override
  public boolean isInRing() {
    return true;
  }

  @Override
  public boolean isWhole() {
    try {
      return ring.has(n);
    } catch (IOException e) {
      return isGone(e);
    }
  }

  @Override
  public int bytes() {
    return bytes;
  }

  @Override
  public ByteBuffer pixels() throws IOException {
    return ring.slot(n, bytes);
  }

  @Override
  public boolean copyTo(ByteBuffer destination) {
    try {
      ByteBuffer exactly = destination.duplicate();
      return ring.read(n, exactly.limit(exactly.position() + bytes));
    } catch (IOException e) {
      return isGone(e);
    }
  }

  private static boolean isGone(IOException why) {
    LOG.debug("a frame cannot be read from its ring: {}", why.getMessage());
    return false;
  }
}
