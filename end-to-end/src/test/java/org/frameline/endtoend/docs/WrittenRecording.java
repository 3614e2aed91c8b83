package org.frameline.endtoend.docs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import org.awaitility.Awaitility;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.write.RecordingWriter;

/** Recordings whose content check_analysis.py knows. No state. */
final class WrittenRecording {
  private static final long BEGIN_NS = 1_763_670_000_000_000_000L;
  private static final int MISSING_FROM = 12;
  private static final int MISSING = 3;
  private static final int END = 30;
  private static final int BRIGHT_FROM = 20;

  private WrittenRecording() {}

  /** Frames 0 to 29 without 12 to 14; brighter from 20 on; with checkpoints between its chunks. */
  static void stack(
      Path file, ElementType type, Compression compression, Checksum checksum, Integer... shape)
      throws IOException {
    int scale = type == ElementType.UINT16 ? 257 : 1;
    write(
        new RecordingOptions(
            file, ExistingFile.REFUSE, compression, checksum, Duration.ofHours(1), 1),
        entry(type, shape),
        (number, i) -> (i % 97 + number + (number >= BRIGHT_FROM ? 90 : 0)) * scale,
        true);
  }

  /** Frames 0 to 29, 96x64: 10 waves along a row, 6 down a column, stronger in each frame. */
  static void fringes(Path file) throws IOException {
    write(
        new RecordingOptions(file, ExistingFile.REFUSE, Compression.NONE, Duration.ofHours(1), 1),
        entry(ElementType.UINT8, 64, 96),
        (number, i) -> {
          int x = i % 96;
          int y = i / 96;
          double waves = 10.0 / 96 * x + 6.0 / 64 * y;
          return (int) Math.round(128 + (60 + number) * Math.cos(2 * Math.PI * waves));
        },
        false);
  }

  private static void write(
      RecordingOptions options, EntryDescription entry, IntBinaryOperator pixel, boolean gap)
      throws IOException {
    int bytes = entry.type().bytes();
    try (RecordingWriter writer = RecordingWriter.open(options, entry)) {
      for (int number = 0; number < END; number++) {
        if (gap && number == MISSING_FROM) {
          writer.missing(MISSING_FROM, MISSING);
          number += MISSING;
        }
        // A new one for each frame: with gzip the writer keeps it for a while.
        ByteBuffer frame = ByteBuffer.allocate(entry.frameBytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < entry.frameBytes() / bytes; i++) {
          int value = pixel.applyAsInt(number, i);
          if (bytes == 1) {
            frame.put((byte) value);
          } else {
            frame.putShort((short) value);
          }
        }
        long time = BEGIN_NS + number * 20_000_000L + number % 3 * 1_000_000L;
        writer.append(number, time, frame.flip());
        if (number % 7 == 6) {
          checkpoint(writer);
        }
      }
    }
  }

  private static void checkpoint(RecordingWriter writer) {
    long frames = writer.frames();
    writer.checkpoint();
    Awaitility.await("a checkpoint")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(2))
        .until(() -> writer.checkpointedFrames() == frames);
  }

  private static EntryDescription entry(ElementType type, Integer... shape) {
    boolean colour = shape.length == 3;
    return new EntryDescription(
        "Frames for recipes",
        List.of(shape),
        type,
        colour ? "rgb-image" : "image",
        "recipes",
        colour ? "RGB8" : type == ElementType.UINT8 ? "Mono8" : "Mono16",
        Map.of("source", "recipes", "stream", "recipes-1", "shape", List.of(shape)),
        "frameline record",
        "0.1.0",
        Instant.EPOCH.plusNanos(BEGIN_NS));
  }
}
