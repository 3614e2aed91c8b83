package org.frameline.recorder;

import java.nio.file.Path;
import java.time.Duration;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.StartFrom;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.RecordingOptions;

/**
 * What a recorder shall do. Immutable, validated.
 *
 * @param connect the publisher's PUB endpoint
 * @param control the publisher's control endpoint
 * @param topic topic of the frames
 * @param from with which frame of a running stream to begin
 * @param controlBind the recorder's own control endpoint
 * @param out file, or the pattern of the file names when rotating
 * @param existing what to do when a file is there
 * @param frames end after this many frames, {@link Long#MAX_VALUE} for all
 * @param duration end this long after the first frame, null for never
 * @param compression how pixels are stored
 * @param checksum how pixels and rows are protected
 * @param rotation when to begin a new file
 * @param checkpoint how often everything so far becomes readable and safe
 */
record RecorderConfig(
    Endpoint connect,
    Endpoint control,
    String topic,
    StartFrom from,
    Endpoint controlBind,
    Path out,
    ExistingFile existing,
    long frames,
    Duration duration,
    Compression compression,
    Checksum checksum,
    Rotation rotation,
    Duration checkpoint) {
  private static final int COMPRESSION_THREADS =
      Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors()));

  RecorderConfig {
    if (frames < 1) {
      throw new IllegalArgumentException("--frames: expected 1 or more, found " + frames);
    }
  }

  /** How one of the files is written. */
  RecordingOptions options(Path file) {
    return new RecordingOptions(
        file, existing, compression, checksum, checkpoint, COMPRESSION_THREADS);
  }
}
