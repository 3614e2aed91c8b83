package org.frameline.protocol.socket;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.ring.RingReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses how pixels come from the publisher: inline, or out of its frame ring when that can be
 * opened, which is so on the same machine. Subscribes accordingly. Not thread-safe: belongs to the
 * loop of its subscriber.
 */
final class RingLink implements AutoCloseable {
  private static final int MOST_RINGS = 2;
  private static final Logger LOG = LoggerFactory.getLogger(RingLink.class);

  private final MessageSocket frames;
  private final String topic;
  private final String references;

  /** By stream: of the publisher that is there, and of the one before, which was restarted. */
  private final Map<String, RingReader> rings = new LinkedHashMap<>();

  private String current;
  private String refused;
  private String leaving;
  private String awaited;

  /** Begins with inline pixels. */
  RingLink(MessageSocket frames, String topic) {
    this.frames = frames;
    this.topic = topic;
    references = StreamMessage.References.TOPIC + topic;
    frames.subscribe(topic);
  }

  /** The publisher of a stream says where its ring is. */
  void offered(String stream, String file) {
    if (stream.equals(current) || file.equals(refused)) {
      return;
    }
    try {
      close(rings.put(stream, RingReader.open(Path.of(file), stream)));
      if (rings.size() > MOST_RINGS) {
        close(rings.remove(rings.keySet().iterator().next()));
      }
      if (current == null) {
        change(topic, references);
      }
      current = stream;
    } catch (IOException | InvalidPathException e) {
      LOG.debug("pixels come inline, the ring cannot be read: {}", e.getMessage());
      refused = file;
      if (current != null) {
        change(references, topic);
      }
      current = null;
    }
  }

  /**
   * Leaves one topic for another as soon as something comes by the other: what is under way by the
   * first would be lost, since a socket also drops what it has already received.
   */
  private void change(String from, String to) {
    if (to.equals(leaving)) {
      frames.unsubscribe(from);
      leaving = null;
    } else {
      frames.subscribe(to);
      leaving = from;
    }
    awaited = to;
  }

  /** Whether the publisher that is there now is on the same machine. */
  boolean isOpen() {
    return current != null;
  }

  /** Whether a frame may have come both ways. */
  boolean wasEverOpen() {
    return !rings.isEmpty();
  }

  /** Whether a message belongs to the stream of frames, whichever way it came. */
  boolean isOurs(StreamMessage message) {
    String its = message.topic();
    boolean isOurs = its.equals(topic) || its.equals(references);
    if (isOurs && leaving != null && its.equals(awaited)) {
      frames.unsubscribe(leaving);
      leaving = null;
    }
    return isOurs;
  }

  /** The frame that a reference stands for, or null when it is not in the ring, or no longer. */
  IncomingFrame find(StreamMessage.Reference reference) {
    FrameHeader header = reference.header();
    RingReader ring = rings.get(header.stream());
    if (ring == null || header.payloadBytes() > ring.frameBytes()) {
      return null;
    }
    IncomingFrame frame = IncomingFrame.inRing(topic, header, ring);
    return frame.isWhole() ? frame : null;
  }

  private static void close(RingReader ring) {
    try {
      if (ring != null) {
        ring.close();
      }
    } catch (IOException e) {
      LOG.debug("cannot close a ring: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    rings.values().forEach(RingLink::close);
    rings.clear();
  }
}
