package org.frameline.protocol.ring;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The slots of a ring, mapped into memory, with a sequence number each: of one size, frame {@code
 * n} in slot {@code n % slots}. What is mapped stays so until it is collected. One thread writes,
 * any number of threads and processes read.
 */
final class RingSlots {
  private static final long LARGEST_SEGMENT = 1L << 30;
  private static final VarHandle SEQUENCE =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final RingLayout layout;
  private final int slotsPerSegment;
  private final MappedByteBuffer[] segments;
  private final MappedByteBuffer header;

  RingSlots(FileChannel channel, FileChannel.MapMode mode, RingLayout layout) throws IOException {
    this.layout = layout;
    header = channel.map(mode, 0, RingLayout.FILE_HEADER_BYTES);
    int slots = layout.slots();
    int stride = layout.stride();
    slotsPerSegment = (int) Math.max(1, LARGEST_SEGMENT / stride);
    segments = new MappedByteBuffer[(slots + slotsPerSegment - 1) / slotsPerSegment];
    for (int i = 0; i < segments.length; i++) {
      int first = i * slotsPerSegment;
      long bytes = (long) Math.min(slotsPerSegment, slots - first) * stride;
      segments[i] = channel.map(mode, layout.slotAt(first), bytes);
      segments[i].order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  RingLayout layout() {
    return layout;
  }

  /** Frames below this one are needed no longer; -1 when nobody has said so yet. */
  long taken() {
    return (long) SEQUENCE.getAcquire(header, RingLayout.TAKEN_AT) - 1;
  }

  /** How many references in one message the reader takes, whatever it has said at least 1. */
  long together() {
    return Math.max(1, (long) SEQUENCE.getAcquire(header, RingLayout.TOGETHER_AT));
  }

  ByteBuffer begin(long n) {
    SEQUENCE.setOpaque(segment(n), offset(n), RingLayout.whole(n) - 1);
    VarHandle.fullFence();
    return segment(n)
        .slice(offset(n) + RingLayout.SLOT_HEADER_BYTES, layout.frameBytes())
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  void commit(long n) {
    SEQUENCE.setRelease(segment(n), offset(n), RingLayout.whole(n));
  }

  boolean read(long n, ByteBuffer destination) {
    long whole = RingLayout.whole(n);
    ByteBuffer segment = segment(n);
    if ((long) SEQUENCE.getAcquire(segment, offset(n)) != whole) {
      return false;
    }
    destination.put(
        destination.position(),
        segment,
        offset(n) + RingLayout.SLOT_HEADER_BYTES,
        destination.remaining());
    VarHandle.acquireFence();
    return (long) SEQUENCE.getOpaque(segment, offset(n)) == whole;
  }

  private MappedByteBuffer segment(long n) {
    return segments[(int) (n % layout.slots()) / slotsPerSegment];
  }

  private int offset(long n) {
    return (int) (n % layout.slots()) % slotsPerSegment * layout.stride();
  }
}
