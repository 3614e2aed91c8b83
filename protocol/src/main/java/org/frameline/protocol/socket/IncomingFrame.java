package org.frameline.protocol.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FramePixels;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.ring.RingReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A frame that has come to a subscriber: its pixels came with it, or are in the ring of a publisher
 * on this machine, where they may be overwritten at any moment. Belongs to the loop of its
 * subscriber, and is worth nothing after the call that handed it over.
 */
public final class IncomingFrame implements FramePixels {
  private static final Logger LOG = LoggerFactory.getLogger(IncomingFrame.class);

  private final String topic;
  private final FrameHeader header;
  private final ByteBuffer pixels;
  private final List<byte[]> parts;
  private final RingReader ring;

  private IncomingFrame(
      String topic, FrameHeader header, ByteBuffer pixels, List<byte[]> parts, RingReader ring) {
    this.topic = topic;
    this.header = header;
    this.pixels = pixels;
    this.parts = parts;
    this.ring = ring;
  }

  static IncomingFrame inline(StreamMessage.Frame frame, List<byte[]> parts) {
    return new IncomingFrame(frame.topic(), frame.header(), frame.payload(), parts, null);
  }

  /** One whose pixels are in this ring, in the slot of its number. */
  static IncomingFrame inRing(String topic, FrameHeader header, RingReader ring) {
    return new IncomingFrame(topic, header, null, List.of(), ring);
  }

  /** The topic of frames, whichever way this one came. */
  public String topic() {
    return topic;
  }

  public FrameHeader header() {
    return header;
  }

  /** The three parts of the message as they came; none when the pixels are in the ring. */
  public List<byte[]> parts() {
    return parts;
  }

  /** Whether its pixels are in the publisher's ring. */
  @Override
  public boolean isInRing() {
    return ring != null;
  }

  @Override
  public boolean isWhole() {
    try {
      return ring == null || ring.has(header.frame());
    } catch (IOException e) {
      return isGone(e);
    }
  }

  @Override
  public int bytes() {
    return (int) header.payloadBytes();
  }

  @Override
  public ByteBuffer pixels() throws IOException {
    return ring == null
        ? pixels.duplicate().order(ByteOrder.LITTLE_ENDIAN)
        : ring.slot(header.frame(), bytes());
  }

  @Override
  public boolean copyTo(ByteBuffer destination) {
    if (ring == null) {
      destination.duplicate().put(pixels.duplicate());
      return true;
    }
    try {
      ByteBuffer exactly = destination.duplicate();
      return ring.read(header.frame(), exactly.limit(exactly.position() + bytes()));
    } catch (IOException e) {
      return isGone(e);
    }
  }

  /** The frame with pixels of its own, copied if need be; empty when they were overwritten. */
  public Optional<StreamMessage.Frame> toFrame() {
    ByteBuffer own = pixels;
    if (ring != null) {
      own = ByteBuffer.allocate(bytes()).order(ByteOrder.LITTLE_ENDIAN);
      if (!copyTo(own)) {
        return Optional.empty();
      }
    }
    return Optional.of(new StreamMessage.Frame(topic, header, own));
  }

  private static boolean isGone(IOException why) {
    LOG.debug("a frame cannot be read from its ring: {}", why.getMessage());
    return false;
  }
}
