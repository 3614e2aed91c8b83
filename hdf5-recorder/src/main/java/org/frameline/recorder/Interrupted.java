package org.frameline.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.frameline.program.ProgramException;
import org.frameline.protocol.StartFrom;
import org.frameline.recording.images.FrameReader;

/** Where a recording broke off that is appended to. Without state. */
final class Interrupted {
  private static final String STREAM = "stream";

  private Interrupted() {}

  /**
   * The frame behind the last one of a recording that was not closed; now for one that was, since
   * whoever closed it wanted no more, and when there is no file.
   */
  static StartFrom in(Path file) {
    if (!Files.exists(file)) {
      return StartFrom.NOW;
    }
    try {
      List<String> entries = FrameReader.entries(file);
      for (int i = entries.size() - 1; i >= 0; i--) {
        try (FrameReader entry = FrameReader.open(file, entries.get(i))) {
          String stream = entry.streamText(STREAM).orElse(null);
          if (entry.isClosed() || stream == null) {
            return StartFrom.NOW;
          }
          if (entry.frames() > 0) {
            return new StartFrom(entry.frameNumber(entry.frames() - 1) + 1, stream);
          }
          // Killed before its first frame was safe: what it missed begins where the one before
          // ends.
        }
      }
      return StartFrom.NOW;
    } catch (IOException e) {
      throw ProgramException.failed("cannot append: " + e.getMessage(), e);
    }
  }
}
