package org.frameline.publisher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.Origin;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.ring.FrameRing;

/**
 * The last frames of the stream: pixels in the ring, headers here. Written by the capturing thread,
 * read by the answering one.
 */
final class History implements AutoCloseable {
  /** One answer carries no more than this, or one frame. */
  private static final long MOST_BYTES = 16L << 20;

  private final FrameRing ring;

  /**
   * What stays the same from frame to frame, and the times: an object of its own per frame would
   * live as long as the history reaches back, and fill the old generation of the heap.
   */
  private final AtomicReferenceArray<FrameHeader> templates;

  private final AtomicLongArray timestamps;
  private final AtomicLongArray recordedFrames;
  private final AtomicLongArray recordedTimestamps;
  private final String topic;
  private volatile long next;

  History(FrameRing ring, String topic) {
    this.ring = ring;
    this.topic = topic;
    templates = new AtomicReferenceArray<>(ring.slots());
    timestamps = new AtomicLongArray(ring.slots());
    recordedFrames = new AtomicLongArray(ring.slots());
    recordedTimestamps = new AtomicLongArray(ring.slots());
  }

  /** Where other processes on this machine find the pixels. */
  Path file() {
    return ring.file();
  }

  /** The newest frame, or null before the first. */
  StreamMessage.Frame latest() {
    StreamMessage.Frame frame = null;
    long end = next;
    // What was the newest may be overwritten while it is copied; then there is a newer one.
    while (end > 0 && frame == null) {
      frame = frame(end - 1);
      end = next;
    }
    return frame;
  }

  /** How many frames it holds at most. */
  int capacity() {
    return ring.slots();
  }

  /** The number of the next frame. */
  long next() {
    return next;
  }

  /** The oldest frame that is there; it may be gone in the next moment. */
  long oldest() {
    return Math.max(0, next - ring.slots());
  }

  /** Where to write the pixels of the next frame; the oldest one goes. */
  ByteBuffer begin() {
    return ring.begin(next);
  }

  /**
   * The next frame is whole.
   *
   * @param template its header but for number, time and origin
   * @param origin what a recording says of it
   * @return its header
   */
  FrameHeader commit(FrameHeader template, long timestampNs, Origin origin) {
    long number = next;
    templates.set(slot(number), template);
    timestamps.set(slot(number), timestampNs);
    recordedFrames.set(slot(number), origin.frame());
    recordedTimestamps.set(slot(number), origin.timestampNs());
    ring.commit(number);
    next = number + 1;
    return origin.mark(template.at(number, timestampNs));
  }

  private int slot(long frame) {
    return (int) (frame % ring.slots());
  }

  /** A copy of a frame, or null when it is gone or not yet there. */
  StreamMessage.Frame frame(long number) {
    return frame(number, ByteBuffer::allocate);
  }

  /**
   * As {@link #frame(long)}.
   *
   * @param memory gives a buffer of exactly so many bytes for the pixels
   */
  StreamMessage.Frame frame(long number, IntFunction<ByteBuffer> memory) {
    FrameHeader template = templates.get(slot(number));
    if (template == null) {
      return null;
    }
    Origin origin =
        new Origin(recordedFrames.get(slot(number)), recordedTimestamps.get(slot(number)));
    FrameHeader header = origin.mark(template.at(number, timestamps.get(slot(number))));
    ByteBuffer pixels = memory.apply((int) header.payloadBytes()).order(ByteOrder.LITTLE_ENDIAN);
    // The ring's word, that the slot still holds this frame, goes for the header as well: it is
    // changed only after begin() has taken the slot away.
    return ring.read(number, pixels) ? new StreamMessage.Frame(topic, header, pixels) : null;
  }

  /** Frames in a row from {@code first} on, or from the oldest on if that is later. */
  List<StreamMessage.Frame> frames(long first, long count) {
    List<StreamMessage.Frame> found = new ArrayList<>();
    long bytes = 0;
    long number = Math.max(first, oldest());
    while (found.size() < count && number < next && bytes < MOST_BYTES) {
      StreamMessage.Frame frame = frame(number);
      if (frame != null) {
        found.add(frame);
        bytes += frame.payload().capacity();
        number++;
      } else if (found.isEmpty()) {
        // Overwritten while we looked.
        number = Math.max(number + 1, oldest());
      } else {
        break;
      }
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    ring.close();
  }
}
