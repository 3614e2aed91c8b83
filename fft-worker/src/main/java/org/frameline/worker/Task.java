package org.frameline.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.ring.RingReader;

/**
 * A frame to be transformed: its pixels came with it, or stand in the ring of a ventilator on this
 * machine until somebody else has brought its result to the sink. Immutable.
 */
final class Task {
  private final String topic;
  private final FrameHeader header;
  private final ByteBuffer pixels;
  private final RingReader ring;
  private final long index;

  private Task(String topic, FrameHeader header, ByteBuffer pixels, RingReader ring, long index) {
    this.topic = topic;
    this.header = header;
    this.pixels = pixels;
    this.ring = ring;
    this.index = index;
  }

  static Task inline(StreamMessage.Frame frame) {
    return new Task(frame.topic(), frame.header(), frame.payload(), null, -1);
  }

  /**
   * One whose pixels stand in a ring.
   *
   * @param header without the keys that tell where
   * @param index its number there
   */
  static Task inRing(String topic, FrameHeader header, RingReader ring, long index) {
    return new Task(topic, header, null, ring, index);
  }

  /** The topic of frames. */
  String topic() {
    return topic;
  }

  FrameHeader header() {
    return header;
  }

  boolean isInRing() {
    return ring != null;
  }

  /**
   * Its pixels; on any thread.
   *
   * @param memory {@code header().payloadBytes()} bytes, little endian, for a copy if one is needed
   * @throws IOException when they are not there any more
   */
  ByteBuffer pixels(ByteBuffer memory) throws IOException {
    if (ring == null) {
      return pixels;
    }
    if (!ring.read(index, memory)) {
      throw new IOException("frame " + header.frame() + " is not in its slot any more");
    }
    return memory;
  }
}
