package org.frameline.analysis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.frameline.recording.check.RecordingInfo;
import org.frameline.recording.images.ImageStack;

/**
 * What one file holds: a recording of ours, or a stack of images that somebody else has written.
 * Immutable.
 */
sealed interface FileFacts {
  Path file();

  /** A recording. */
  record Recording(Path file, RecordingInfo info) implements FileFacts {}

  /**
   * Somebody else's images.
   *
   * @param bytes size of the file
   * @param dataset where they are
   * @param frames how many
   * @param frameShape {@code [H,W]} or {@code [H,W,C]}
   * @param type of an element
   * @param filters how they are stored
   * @param frameBytes size of one
   * @param storedBytes how much space all take
   */
  record Stack(
      Path file,
      long bytes,
      String dataset,
      long frames,
      List<Integer> frameShape,
      String type,
      String filters,
      long frameBytes,
      long storedBytes)
      implements FileFacts {}

  /**
   * Looks into a file.
   *
   * @param dataset in a file of somebody else; null for the first that may be one
   * @throws IOException naming the file and what is wrong
   */
  static FileFacts of(Path file, String dataset) throws IOException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IOException(file + ": expected a file that can be read, found none");
    }
    if (dataset == null && RecordingInfo.isRecording(file)) {
      try {
        return new Recording(file, RecordingInfo.read(file));
      } catch (IOException e) {
        throw new IOException(file + ": " + e.getMessage() + "; 'frameline verify' tells more", e);
      }
    }
    try (ImageStack stack = ImageStack.open(file, dataset)) {
      return new Stack(
          file,
          Files.size(file),
          stack.dataset(),
          stack.frames(),
          stack.frameShape(),
          stack.typeName(),
          stack.filters(),
          stack.frameBytes(),
          stack.storedBytes());
    }
  }
}
