package org.frameline.recorder;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.frameline.recording.NumberedFiles;

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
   * The number that follows those of the files that are there.
   *
   * @param present names of files in the folder of {@code out}
   */
  int numberAfter(Path out, Stream<String> present) {
    return isOn() ? 1 + NumberedFiles.highest(out, present) : 1;
  }

  /**
   * Name of a file: {@code out} itself without rotation, else with {@code _0001} and so on before
   * the ending.
   */
  Path fileName(Path out, int number) {
    return isOn() ? NumberedFiles.file(out, number) : out;
  }
}
