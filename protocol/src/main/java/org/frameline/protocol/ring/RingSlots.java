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
  static final byte[] MAGIC = {'F', 'L', 'R', 'I', 'N', 'G', '0', '1'};
  static final int FILE_HEADER_BYTES = 4096;
  private static final int SLOT_HEADER_BYTES = 64;
  private static final int ALIGNMENT = 64;
  private static final long LARGEST_SEGMENT = 1L << 30;
  private static final VarHandle SEQUENCE =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int frameBytes;
  private final int slots;
  private final int stride;
  private final int slotsPerSegment;
  private final MappedByteBuffer[] segments;

  RingSlots(FileChannel channel, FileChannel.MapMode mode, int frameBytes, int slots)
      throws IOException {
    this.frameBytes = frameBytes;
    this.slots = slots;
    stride = stride(frameBytes);
    slotsPerSegment = (int) Math.max(1, LARGEST_SEGMENT / stride);
    segments = new MappedByteBuffer[(slots + slotsPerSegment - 1) / slotsPerSegment];
    for (int i = 0; i < segments.length; i++) {
      int first = i * slotsPerSegment;
      long bytes = (long) Math.min(slotsPerSegment, slots - first) * stride;
      segments[i] = channel.map(mode, FILE_HEADER_BYTES + (long) first * stride, bytes);
      segments[i].order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /**
   * Bytes from one slot to the next.
   *
   * @throws ArithmeticException when a frame is too large for a slot
   */
  static int stride(int frameBytes) {
    return Math.addExact(frameBytes, SLOT_HEADER_BYTES + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  int slots() {
    return slots;
  }

  int frameBytes() {
    return frameBytes;
  }

  ByteBuffer begin(long n) {
    SEQUENCE.setOpaque(segment(n), offset(n), 2 * n + 1);
    VarHandle.fullFence();
    return segment(n)
        .slice(offset(n) + SLOT_HEADER_BYTES, frameBytes)
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  void commit(long n) {
    SEQUENCE.setRelease(segment(n), offset(n), 2 * n + 2);
  }

  boolean read(long n, byte[] destination) {
    long whole = 2 * n + 2;
    ByteBuffer segment = segment(n);
    if ((long) SEQUENCE.getAcquire(segment, offset(n)) != whole) {
      return false;
    }
    segment.get(offset(n) + SLOT_HEADER_BYTES, destination);
    VarHandle.acquireFence();
    return (long) SEQUENCE.getOpaque(segment, offset(n)) == whole;
  }

  private MappedByteBuffer segment(long n) {
    return segments[(int) (n % slots) / slotsPerSegment];
  }

  private int offset(long n) {
    return (int) (n % slots) % slotsPerSegment * stride;
  }
}
