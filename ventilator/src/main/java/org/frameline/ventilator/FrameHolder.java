package org.frameline.ventilator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.ring.FrameRing;
import org.frameline.protocol.ring.RingDirectory;
import org.frameline.protocol.socket.IncomingFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts frames where they can be held: into a ring when there are workers that can read it, so that
 * only references travel to them; else as messages on the heap. Belongs to the ventilator's loop;
 * not thread-safe.
 */
final class FrameHolder implements AutoCloseable {
  private static final long MOST_BYTES = 256L << 20;
  private static final int FEWEST_SLOTS = 4;
  private static final Logger LOG = LoggerFactory.getLogger(FrameHolder.class);

  private final Optional<RingDirectory> directory;
  private final int window;
  private final BooleanSupplier ringIsRead;
  private final String name = "ventilator-" + UUID.randomUUID();

  /** The newest, and those before it of which frames are still held. */
  private final Deque<TaskRing> rings = new ArrayDeque<>();

  private int made;
  private int largestAsked;

  /**
   * Holds nothing.
   *
   * @param directory where rings are
   * @param window how many frames will be held at most
   * @param ringIsRead whether there are workers that can read a ring
   */
  FrameHolder(Optional<RingDirectory> directory, int window, BooleanSupplier ringIsRead) {
    this.directory = directory;
    this.window = window;
    this.ringIsRead = ringIsRead;
  }

  /** Holds a frame; null when the publisher overwrote it before it was there. */
  HeldFrame hold(IncomingFrame frame) {
    TaskRing.Slot slot = slotFor(frame);
    if (slot != null) {
      if (frame.copyTo(slot.memory())) {
        return HeldFrame.inRing(frame.topic(), frame.header(), slot.commit());
      }
      slot.release();
      return null;
    }
    return frame.isInRing()
        ? frame.toFrame().map(FrameHolder::inline).orElse(null)
        : HeldFrame.inline(frame.parts());
  }

  private static HeldFrame inline(StreamMessage.Frame frame) {
    return HeldFrame.inline(
        List.of(
            frame.topic().getBytes(StandardCharsets.UTF_8),
            MessageCodec.header(frame),
            frame.payload().array()));
  }

  private TaskRing.Slot slotFor(IncomingFrame frame) {
    long bytes = frame.header().payloadBytes();
    if (directory.isEmpty() || bytes > Integer.MAX_VALUE || !ringIsRead.getAsBoolean()) {
      return null;
    }
    if (bytes > largestAsked) {
      makeRing((int) bytes);
    }
    TaskRing newest = rings.peekLast();
    return newest == null || bytes > newest.frameBytes() ? null : newest.take();
  }

  /** Once for each size: where there is no room now, frames of this size go inline. */
  private void makeRing(int bytes) {
    largestAsked = bytes;
    int slots = Math.min(window, FrameRing.slotsIn(MOST_BYTES, bytes));
    if (slots < Math.min(window, FEWEST_SLOTS)) {
      return;
    }
    try {
      TaskRing larger = new TaskRing(directory.get().path(), name + "-" + made++, bytes, slots);
      rings.forEach(TaskRing::retire);
      rings.removeIf(TaskRing::isClosed);
      rings.add(larger);
    } catch (IOException e) {
      LOG.warn("frames go to workers inline: no room for a ring: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    rings.forEach(TaskRing::close);
    rings.clear();
  }
}
