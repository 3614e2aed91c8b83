package org.frameline.recorder;

import java.nio.file.Path;
import java.util.Locale;

/**
 * When a recording goes on in a new file, and the names of the files. Immutable.
 *
 * @param bytes at most about this many bytes of pixels a file, {@link Long#MAX_VALUE} for no limit
 * @param frames at most this many frames a file, {@link Long#MAX_VALUE} for no limit
 */
record Rotation(long bytes, long frames) {
  static final Rotation NONE = new Rotation(Long.MAX_VALUE, Long.MAX_VALUE);

  Rotation {
    if (bytes < 1) {
      throw new IllegalArgumentException("--rotate-size: expected 1 byte or more, found " + bytes);
    }
    if (frames < 1) {
      throw new IllegalArgumentException("--rotate-frames: expected 1 or more, found " + frames);
    }
  }

  boolean isOn() {
    return bytes != Long.MAX_VALUE || frames != Long.MAX_VALUE;
  }

  /** Whether a file that holds this much is full; the first frame always fits. */
  boolean isFull(long framesInFile, long bytesInFile, long nextFrameBytes) {
    return framesInFile > 0 && (framesInFile >= frames || bytesInFile + nextFrameBytes > bytes);
  }

  /**
   * Name of a file: {@code out} itself without rotation, else with {@code _0001} and so on before
   * the ending.
   */
  Path fileName(Path out, int number) {
    if (!isOn()) {
      return out;
    }
    String name = out.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String ending = dot > 0 ? name.substring(dot) : "";
    return out.resolveSibling(String.format(Locale.ROOT, "%s_%04d%s", stem, number, ending));
  }
}
