package org.frameline.protocol.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FramePixels;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.ring.RingReader;

/**
 * A frame that has come to a subscriber: its pixels came with it, or are in the ring of a publisher
 * on this machine, where they may be overwritten at any moment. Belongs to the loop of its
 * subscriber, and is worth nothing after the call that handed it over.
 */
public final class IncomingFrame implements FramePixels {
  private final String topic;
  private final FrameHeader header;
  private final FramePixels pixels;
  private final Supplier<List<byte[]>> parts;
  private final Runnable release;

  private IncomingFrame(
      String topic,
      FrameHeader header,
      FramePixels pixels,
      Supplier<List<byte[]>> parts,
      Runnable release) {
    this.topic = topic;
    this.header = header;
    this.pixels = pixels;
    this.parts = parts;
    this.release = release;
  }

  /** One that has its pixels with it. */
  static IncomingFrame inline(StreamMessage.Frame frame, List<byte[]> parts) {
    return new IncomingFrame(
        frame.topic(), frame.header(), FramePixels.of(frame.payload()), () -> parts, () -> {});
  }

  /** One whose pixels are in this message, which {@link #release} closes. */
  static IncomingFrame lent(StreamMessage.Frame frame, ReceivedMessage message) {
    return new IncomingFrame(
        frame.topic(),
        frame.header(),
        FramePixels.of(frame.payload()),
        message::copies,
        message::close);
  }

  /** One whose pixels are in this ring, in the slot of its number. */
  static IncomingFrame inRing(String topic, FrameHeader header, RingReader ring) {
    return new IncomingFrame(
        topic,
        header,
        ring.pixels(header.frame(), (int) header.payloadBytes()),
        List::of,
        () -> {});
  }

  /** Nobody needs it any more. Called once at most; memory that is never released is collected. */
  void release() {
    release.run();
  }

  /** The topic of frames, whichever way this one came. */
  public String topic() {
    return topic;
  }

  public FrameHeader header() {
    return header;
  }

  /**
   * The three parts of the message as they came, which stay when the call is over; none when the
   * pixels are in the ring.
   */
  public List<byte[]> parts() {
    return parts.get();
  }

  @Override
  public boolean isInRing() {
    return pixels.isInRing();
  }

  @Override
  public boolean isWhole() {
    return pixels.isWhole();
  }

  @Override
  public int bytes() {
    return pixels.bytes();
  }

  @Override
  public ByteBuffer pixels() throws IOException {
    return pixels.pixels();
  }

  @Override
  public boolean copyTo(ByteBuffer destination) {
    return pixels.copyTo(destination);
  }

  /** The frame with pixels that stay, copied if need be; empty when they were overwritten. */
  public Optional<StreamMessage.Frame> toFrame() {
    ByteBuffer own = ByteBuffer.allocate(bytes()).order(ByteOrder.LITTLE_ENDIAN);
    return copyTo(own)
        ? Optional.of(new StreamMessage.Frame(topic, header, own))
        : Optional.empty();
  }
}
