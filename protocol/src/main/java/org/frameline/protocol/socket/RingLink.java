package org.frameline.protocol.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.ring.FrameRingReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;

/**
 * Chooses how pixels come from the publisher: inline, or out of its frame ring when that can be
 * opened, which is so on the same machine. Subscribes accordingly. Not thread-safe: belongs to the
 * loop of its subscriber.
 */
final class RingLink {
  private static final Logger LOG = LoggerFactory.getLogger(RingLink.class);

  private final ZMQ.Socket frames;
  private final String topic;
  private FrameRingReader ring;
  private String ringStream;
  private String refused;
  private String leaving;
  private String awaited;
  private long read;

  /** Begins with inline pixels. */
  RingLink(ZMQ.Socket frames, String topic) {
    this.frames = frames;
    this.topic = topic;
    frames.subscribe(bytes(topic));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The publisher of a stream says where its ring is. */
  void offered(String stream, String file) {
    if (stream.equals(ringStream) || file.equals(refused)) {
      return;
    }
    boolean wasOpen = ring != null;
    try {
      ring = FrameRingReader.open(Path.of(file), stream);
      ringStream = stream;
      if (!wasOpen) {
        change(topic, StreamMessage.Reference.TOPIC + topic);
      }
    } catch (IOException | InvalidPathException e) {
      LOG.debug("pixels come inline, the ring cannot be read: {}", e.getMessage());
      refused = file;
      ring = null;
      ringStream = null;
      if (wasOpen) {
        change(StreamMessage.Reference.TOPIC + topic, topic);
      }
    }
  }

  /**
   * Leaves one topic for another as soon as something comes by the other: what is under way by the
   * first would be lost, since a socket also drops what it has already received.
   */
  private void change(String from, String to) {
    if (to.equals(leaving)) {
      frames.unsubscribe(bytes(from));
      leaving = null;
    } else {
      frames.subscribe(bytes(to));
      leaving = from;
    }
    awaited = to;
  }

  /** Whether a frame may have come both ways. */
  boolean wasEverOpen() {
    return ring != null || read > 0;
  }

  /** Whether a message belongs to the stream of frames, whichever way it came. */
  boolean isOurs(StreamMessage message) {
    String its = message.topic();
    boolean isOurs = its.equals(topic) || its.equals(StreamMessage.Reference.TOPIC + topic);
    if (isOurs && leaving != null && its.equals(awaited)) {
      frames.unsubscribe(bytes(leaving));
      leaving = null;
    }
    return isOurs;
  }

  /** A copy of the frame, or null when it is not in the ring, or no longer. */
  StreamMessage.Frame read(StreamMessage.Reference reference) {
    long bytes = reference.header().payloadBytes();
    if (!reference.header().stream().equals(ringStream) || bytes > ring.frameBytes()) {
      return null;
    }
    byte[] pixels = new byte[(int) bytes];
    if (!ring.read(reference.header().frame(), pixels)) {
      return null;
    }
    read++;
    return new StreamMessage.Frame(
        topic, reference.header(), ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN));
  }

  /** How many frames were read from rings. */
  long read() {
    return read;
  }
}
