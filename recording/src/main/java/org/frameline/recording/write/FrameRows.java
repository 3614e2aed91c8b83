package org.frameline.recording.write;

import java.io.IOException;
import org.frameline.protocol.Origin;
import org.frameline.recording.Checksum;
import org.frameline.recording.hdf5.Datatype;

/**
 * The rows that go with the frames: number and time of each frame that is in the file, and for
 * frames that were sent from a recording the number and time that they had there. Guarded by the
 * writer's lock.
 */
final class FrameRows {

  private final RowTable numbers;
  private final RowTable timestamps;
  private final RowTable originNumbers;
  private final RowTable originTimestamps;
  private Origin kind;
  private long count;

  FrameRows(FileBody file, Checksum checksum) {
    numbers = new RowTable(file, 1, Datatype.UINT64, checksum);
    timestamps = new RowTable(file, 1, Datatype.INT64, checksum);
    originNumbers = new RowTable(file, 1, Datatype.UINT64, checksum);
    originTimestamps = new RowTable(file, 1, Datatype.INT64, checksum);
  }

  /** To be called before a frame is taken: all frames of an entry are of the same kind. */
  void requireSameKind(Origin origin) {
    if (kind == null) {
      kind = origin;
    }
    if (!kind.sameKindAs(origin)) {
      throw new IllegalArgumentException(
          "expected the same of all frames of an entry to be recorded, found " + origin);
    }
  }

  /** To be called before the pixels are written: a frame without its rows would be lost. */
  void reserve() throws IOException {
    numbers.reserveRow();
    timestamps.reserveRow();
    if (kind.hasFrame()) {
      originNumbers.reserveRow();
    }
    if (kind.hasTimestamp()) {
      originTimestamps.reserveRow();
    }
  }

  void add(long frameNumber, long timestampNs, Origin origin) {
    numbers.add(frameNumber);
    timestamps.add(timestampNs);
    if (origin.hasFrame()) {
      originNumbers.add(origin.frame());
    }
    if (origin.hasTimestamp()) {
      originTimestamps.add(origin.timestampNs());
    }
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

  /** Empty when there is nothing to tell. */
  RowTable originNumbers() {
    return originNumbers;
  }

  /** Empty when there is nothing to tell. */
  RowTable originTimestamps() {
    return originTimestamps;
  }

  void flush() throws IOException {
    numbers.flush();
    timestamps.flush();
    originNumbers.flush();
    originTimestamps.flush();
  }

  /** No frame follows. */
  void seal() throws IOException {
    numbers.seal();
    timestamps.seal();
    originNumbers.seal();
    originTimestamps.seal();
  }

  void settle() {
    numbers.settle();
    timestamps.settle();
    originNumbers.settle();
    originTimestamps.settle();
  }
}
