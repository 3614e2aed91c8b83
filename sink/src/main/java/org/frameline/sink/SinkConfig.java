package org.frameline.sink;

import java.nio.file.Path;
import java.time.Duration;
import org.frameline.protocol.Endpoint;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.RecordingOptions;

/**
 * What a sink shall do. Immutable, validated.
 *
 * @param bind where workers send results
 * @param handshake where the ventilator asks
 * @param out file for the spectra, or null
 * @param existing what to do when that file is there
 * @param checksum how that file is protected
 * @param ordered wait for an earlier frame however long the workers take; else give it up for the
 *     file when a whole window of later ones waits
 * @param frames end after this many frames, {@link Long#MAX_VALUE} for all
 */
record SinkConfig(
    Endpoint bind,
    Endpoint handshake,
    Path out,
    ExistingFile existing,
    Checksum checksum,
    boolean ordered,
    long frames) {
  /** The ventilator holds a frame until a checkpoint has it, so they follow each other closely. */
  private static final Duration CHECKPOINT_EVERY = Duration.ofMillis(100);

  SinkConfig {
    if (checksum != Checksum.NONE && out == null) {
      throw new IllegalArgumentException("--checksum: expected --out FILE, found no file");
    }
    if (frames < 1) {
      throw new IllegalArgumentException("--frames: expected 1 or more, found " + frames);
    }
  }

  /** How the file is written. */
  RecordingOptions options() {
    return new RecordingOptions(out, existing, Compression.NONE, checksum, CHECKPOINT_EVERY, 1);
  }

  /** Only a file has an order to keep. */
  boolean mustKeepOrder() {
    return ordered && out != null;
  }
}
