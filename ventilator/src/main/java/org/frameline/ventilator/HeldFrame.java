package org.frameline.ventilator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.StreamMessage;

/**
 * The message of a frame that the ventilator holds: its three parts, or its header and a slot of
 * the {@link TaskRing}. Belongs to the ventilator's loop.
 */
final class HeldFrame {
  private final String topic;
  private final FrameHeader header;
  private final List<byte[]> parts;
  private final TaskRing.Slot slot;

  private HeldFrame(String topic, FrameHeader header, List<byte[]> parts, TaskRing.Slot slot) {
    this.topic = topic;
    this.header = header;
    this.parts = parts;
    this.slot = slot;
  }

  /**
   * One that has all its bytes.
   *
   * @param parts the three parts; never written to again
   */
  static HeldFrame inline(List<byte[]> parts) {
    return new HeldFrame(null, null, parts, null);
  }

  /** One whose pixels stand in a slot, which it has from now on. */
  static HeldFrame inRing(String topic, FrameHeader header, TaskRing.Slot slot) {
    return new HeldFrame(topic, header, null, slot);
  }

  /** What to send to a worker that cannot read the ring, or of which nobody knows. */
  List<byte[]> parts() {
    if (slot == null) {
      return parts;
    }
    byte[] pixels = new byte[(int) header.payloadBytes()];
    ByteBuffer memory = slot.memory();
    memory.get(0, pixels);
    return List.of(
        topic.getBytes(StandardCharsets.UTF_8),
        MessageCodec.header(new StreamMessage.Frame(topic, header, ByteBuffer.wrap(pixels))),
        pixels);
  }

  /** Whether its pixels stand in the ring. */
  boolean isInRing() {
    return slot != null;
  }

  /** What to send to a worker that can read the ring. */
  StreamMessage.Reference reference() {
    return new StreamMessage.Reference(
        StreamMessage.Reference.TOPIC + topic,
        header.with(
            Map.of(
                FrameHeader.RING, slot.file().toString(), FrameHeader.RING_INDEX, slot.index())));
  }

  /** Bytes of the heap that it takes. */
  long bytes() {
    return slot == null ? parts.stream().mapToLong(part -> part.length).sum() : 0;
  }

  /** Nobody needs it any more; a worker that still reads it will see that it is gone. */
  void release() {
    if (slot != null) {
      slot.release();
    }
  }
}
