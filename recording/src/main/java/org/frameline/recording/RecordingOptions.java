package org.frameline.recording;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Where and how to record.
 *
 * @param file the file to write
 * @param existing what to do when it is there already
 * @param compression how pixels are stored
 * @param checksum how pixels and rows are protected
 * @param checkpointInterval time between two checkpoints, which is what a crash can cost
 * @param compressionThreads threads that compress, at least 1; unused without compression
 */
public record RecordingOptions(
    Path file,
    ExistingFile existing,
    Compression compression,
    Checksum checksum,
    Duration checkpointInterval,
    int compressionThreads) {

  public RecordingOptions {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(existing, "existing");
    Objects.requireNonNull(compression, "compression");
    Objects.requireNonNull(checksum, "checksum");
    if (checkpointInterval.isNegative() || checkpointInterval.isZero()) {
      throw new IllegalArgumentException(
          "expected checkpointInterval above 0, found " + checkpointInterval);
    }
    if (compressionThreads < 1) {
      throw new IllegalArgumentException(
          "expected compressionThreads of at least 1, found " + compressionThreads);
    }
  }

  /** With the checksums that a recording has by default. */
  public RecordingOptions(
      Path file,
      ExistingFile existing,
      Compression compression,
      Duration checkpointInterval,
      int compressionThreads) {
    this(file, existing, compression, Checksum.DEFAULT, checkpointInterval, compressionThreads);
  }
}
