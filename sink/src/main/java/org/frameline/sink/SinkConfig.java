package org.frameline.sink;

import java.nio.file.Path;
import org.frameline.protocol.Endpoint;
import org.frameline.recording.Checksum;
import org.frameline.recording.ExistingFile;

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

  SinkConfig {
    if (checksum != Checksum.NONE && out == null) {
      throw new IllegalArgumentException("--checksum: expected --out FILE, found no file");
    }
    if (frames < 1) {
      throw new IllegalArgumentException("--frames: expected 1 or more, found " + frames);
    }
  }

  /** Only a file has an order to keep. */
  boolean mustKeepOrder() {
    return ordered && out != null;
  }
}
