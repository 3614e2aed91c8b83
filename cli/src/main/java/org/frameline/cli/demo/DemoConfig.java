package org.frameline.cli.demo;

import java.nio.file.Path;
import org.frameline.publisher.source.SourceKinds;
import org.frameline.publisher.source.SourceSpec;

/**
 * What a demo shall do. Immutable, validated. What is null is left to the publisher.
 *
 * @param source the camera, as {@code publish} names it; may hold a password
 * @param frames how many frames; null for all that a file has
 * @param size WIDTHxHEIGHT, or null
 * @param fps frames per second or {@code max}, or null
 * @param format PFNC name of the pixel format, or null
 * @param workers how many fft workers, {@code W}
 * @param output what the workers make of a frame
 * @param portBase the publisher's port; the others keep their distance to it
 * @param directory where the files go
 */
record DemoConfig(
    String source,
    Long frames,
    String size,
    String fps,
    String format,
    int workers,
    String output,
    int portBase,
    Path directory) {
  static final int DEFAULT_PORT_BASE = 5555;
  static final int HIGHEST_PORT_BASE = 65_535 - 15;
  static final int MOST_WORKERS = 64;

  DemoConfig {
    SourceKinds.parse(source);
    if (workers < 1 || workers > MOST_WORKERS) {
      throw new IllegalArgumentException(
          "--workers: expected 1 to " + MOST_WORKERS + ", found " + workers);
    }
    if (frames != null && frames < 1) {
      throw new IllegalArgumentException("--frames: expected 1 or more, found " + frames);
    }
    if (portBase < 1 || portBase > HIGHEST_PORT_BASE) {
      throw new IllegalArgumentException(
          "--port-base: expected 1 to " + HIGHEST_PORT_BASE + ", found " + portBase);
    }
  }

  /** Which source is meant. */
  SourceSpec spec() {
    return SourceKinds.parse(source);
  }
}
