package org.frameline.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.frameline.program.ProgramException;
import org.frameline.protocol.FrameSet;
import org.frameline.recording.images.FrameReader;

/** Which frames of which streams a file of spectra holds. */
final class KeptFrames {
  private static final String STREAM = "stream";

  private KeptFrames() {}

  /** By stream, in the order of their entries; nothing when there is no file. */
  static Map<String, FrameSet> in(Path path) {
    Map<String, FrameSet> kept = new LinkedHashMap<>();
    if (!Files.exists(path)) {
      return kept;
    }
    try {
      for (String entry : FrameReader.entries(path)) {
        try (FrameReader reader = FrameReader.open(path, entry)) {
          String stream = reader.streamText(STREAM).orElse(null);
          if (stream != null) {
            FrameSet frames = kept.computeIfAbsent(stream, name -> new FrameSet());
            for (long i = 0; i < reader.frames(); i++) {
              frames.add(reader.frameNumber(i));
            }
          }
        }
      }
    } catch (IOException e) {
      throw ProgramException.failed(e.getMessage(), e);
    }
    return kept;
  }
}
