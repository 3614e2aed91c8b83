package org.frameline.analysis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.RecordingWriter;

/** Recordings as the recorder writes them. No state. */
final class Recordings {
  static final int FRAME_BYTES = 640 * 480;

  /** Time stamp of frame 0; frames are 10 ms apart. */
  static final long FIRST_NS = 1_763_670_000_000_000_000L;

  static final long INTERVAL_NS = 10_000_000L;

  private Recordings() {}

  /** One entry of black frames of 640x480 with these numbers; what lies between is missing. */
  static Path ofFrames(Path file, long... numbers) throws IOException {
    return write(file, ExistingFile.REFUSE, Compression.NONE, numbers);
  }

  static Path write(Path file, ExistingFile existing, Compression compression, long... numbers)
      throws IOException {
    EntryDescription entry =
        new EntryDescription(
            "A title",
            List.of(480, 640),
            ElementType.UINT8,
            "image",
            "synthetic:ramp",
            "Mono8",
            Map.of("stream", "s", "frames_per_second", 50.0),
            "frameline record",
            "0.1.0",
            Instant.parse("2026-11-20T21:00:00.5Z"));
    RecordingOptions options =
        new RecordingOptions(file, existing, compression, Duration.ofSeconds(1), 1);
    try (RecordingWriter writer = RecordingWriter.open(options, entry)) {
      long expected = 0;
      for (long number : numbers) {
        if (number > expected) {
          writer.missing(expected, number - expected);
        }
        writer.append(number, FIRST_NS + number * INTERVAL_NS, ByteBuffer.allocate(FRAME_BYTES));
        expected = number + 1;
      }
    }
    return file;
  }
}
