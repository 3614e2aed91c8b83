package org.frameline.recording;

import java.io.IOException;

/**
 * The rows that go with the frames: number and time of each frame that is in the file. Guarded by
 * the writer's lock.
 */
final class FrameRows {

  private final RowTable numbers;
  private final RowTable timestamps;
  private long count;

  FrameRows(RecordingFile file, Checksum checksum) {
    numbers = new RowTable(file, 1, Datatype.UINT64, checksum);
    timestamps = new RowTable(file, 1, Datatype.INT64, checksum);
  }

  /** To be called before the pixels are written: a frame without its rows would be lost. */
  void reserve() throws IOException {
    numbers.reserveRow();
    timestamps.reserveRow();
  }

  void add(long frameNumber, long timestampNs) {
    numbers.add(frameNumber);
    timestamps.add(timestampNs);
    count++;
  }

  long count() {
    return count;
  }

  RowTable numbers() {
    return numbers;
  }

  RowTable timestamps() {
    return timestamps;
  }

  void flush() throws IOException {
    numbers.flush();
    timestamps.flush();
  }

  /** No frame follows. */
  void seal() throws IOException {
    numbers.seal();
    timestamps.seal();
  }

  void settle() {
    numbers.settle();
    timestamps.settle();
  }
}
