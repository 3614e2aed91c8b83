package org.frameline.recording.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.frameline.recording.CallTiming;
import org.frameline.recording.hdf5.MetadataImage;
import org.frameline.recording.hdf5.Superblock;

/**
 * The file as a body that grows at its end, with 1 MiB of written zeros kept for an emergency: on a
 * full disk there still is a place for the last metadata.
 *
 * <p>The end is guarded by the writer's lock; writes and forces may come from any thread.
 */
final class FileBody implements Closeable {

  static final int EMERGENCY_BYTES = 1 << 20;

  private static final int ALIGNMENT = 8;

  /** Of the pages in which the system keeps a file in memory, and of most file systems' blocks. */
  private static final int PAGE = 4096;

  private final Disk output;
  private final long emergencyStart;
  private final long emergencyEnd;
  private final CallDuration writes = new CallDuration();
  private final CallDuration forces = new CallDuration();
  private final AtomicLong bytesWritten = new AtomicLong();
  private long end;
  private volatile long forcedBytes;
  private volatile boolean forceFailed;

  /** Continues an output from {@code start} on, beginning with the emergency area. */
  FileBody(Disk output, long start) throws IOException {
    this.output = output;
    this.emergencyStart = align(Math.max(start, Superblock.BYTES));
    // In a new file the body begins at exactly 1 MiB.
    this.emergencyEnd = align(start) + EMERGENCY_BYTES;
    this.end = emergencyEnd;
    write(ByteBuffer.allocate((int) (emergencyEnd - emergencyStart)), emergencyStart);
  }

  /** First address behind the body. */
  long end() {
    return end;
  }

  /**
   * Sets space aside without writing it, and returns its address. What fills whole pages begins
   * with one: the system has less work with them.
   */
  long reserve(long bytes) {
    long address = align(end, bytes % PAGE == 0 ? PAGE : ALIGNMENT);
    end = address + bytes;
    return address;
  }

  /** Gives back everything from an address on. */
  void giveBack(long address) {
    end = address;
  }

  /**
   * Writes at the end of the body and returns the address; after a failure the end is as before.
   */
  long append(ByteBuffer bytes) throws IOException {
    long before = end;
    long address = reserve(bytes.remaining());
    try {
      write(bytes, address);
    } catch (IOException e) {
      end = before;
      throw e;
    }
    return address;
  }

  /** Begins metadata at the end of the body; {@link #take} it once it is complete. */
  MetadataImage imageAtEnd() {
    return new MetadataImage(align(end));
  }

  void take(MetadataImage image) {
    end = image.end();
  }

  MetadataImage imageInEmergencyArea() {
    return new MetadataImage(emergencyStart);
  }

  boolean fitsEmergencyArea(MetadataImage image) {
    return image.end() <= emergencyEnd;
  }

  /** Makes the file exactly as long as the body; needs no space on the disk. */
  void cutToEnd() throws IOException {
    output.setLength(end);
  }

  void write(ByteBuffer bytes, long position) throws IOException {
    long start = System.nanoTime();
    int count = bytes.remaining();
    output.write(bytes, position);
    bytesWritten.addAndGet(count);
    writes.since(start);
  }

  void write(ByteBuffer bytes, ByteBuffer behind, long position) throws IOException {
    long start = System.nanoTime();
    int count = bytes.remaining() + behind.remaining();
    output.write(bytes, behind, position);
    bytesWritten.addAndGet(count);
    writes.since(start);
  }

  void force() throws IOException {
    long start = System.nanoTime();
    long written = bytesWritten.get();
    try {
      output.force();
    } catch (IOException e) {
      forceFailed = true;
      throw e;
    }
    forcedBytes = written;
    forces.since(start);
  }

  /** Bytes written since the last force began that the disk has confirmed. */
  long unforcedBytes() {
    return bytesWritten.get() - forcedBytes;
  }

  /** Whether the disk ever failed to confirm; then a later success proves nothing any more. */
  boolean forceFailed() {
    return forceFailed;
  }

  long bytesWritten() {
    return bytesWritten.get();
  }

  CallTiming writeTiming() {
    return writes.timing();
  }

  CallTiming forceTiming() {
    return forces.timing();
  }

  @Override
  public void close() throws IOException {
    output.close();
  }

  private static long align(long address) {
    return align(address, ALIGNMENT);
  }

  private static long align(long address, int to) {
    return (address + to - 1) / to * to;
  }
}
