package org.frameline.endtoend.docs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.testing.recordings.Recordings;

/** Recordings whose content check_analysis.py knows. No state. */
final class KnownRecording {
  private static final int MISSING_FROM = 12;
  private static final int MISSING = 3;
  private static final int END = 30;
  private static final int BRIGHT_FROM = 20;
  private static final int CHECKPOINT_EVERY = 7;

  private KnownRecording() {}

  /** Frames 0 to 29 without 12 to 14; brighter from 20 on; with checkpoints between its chunks. */
  static void stack(
      Path file, ElementType type, Compression compression, Checksum checksum, Integer... shape)
      throws IOException {
    recording(type, shape)
        .compressed(compression)
        .protectedBy(checksum)
        .filledWith((number, frame) -> stripes(type, number, frame))
        .write(
            file,
            LongStream.range(0, END)
                .filter(number -> number < MISSING_FROM || number >= MISSING_FROM + MISSING)
                .toArray());
  }

  private static void stripes(ElementType type, long number, ByteBuffer frame) {
    for (int i = 0; frame.hasRemaining(); i++) {
      long value = i % 97 + number + (number >= BRIGHT_FROM ? 90 : 0);
      if (type == ElementType.UINT16) {
        frame.putShort((short) (value * 257));
      } else {
        frame.put((byte) value);
      }
    }
  }

  /** Frames 0 to 29, 96x64: 10 waves along a row, 6 down a column, stronger in each frame. */
  static void fringes(Path file) throws IOException {
    recording(ElementType.UINT8, 64, 96)
        .filledWith(KnownRecording::waves)
        .write(file, Recordings.numbersTo(END));
  }

  private static void waves(long number, ByteBuffer frame) {
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 96; x++) {
        double waves = 10.0 / 96 * x + 6.0 / 64 * y;
        frame.put((byte) Math.round(128 + (60 + number) * Math.cos(2 * Math.PI * waves)));
      }
    }
  }

  private static Recordings recording(ElementType type, Integer... shape) {
    return Recordings.of(type, List.of(shape))
        .ofSource("recipes")
        .withStream(Map.of("source", "recipes", "stream", "recipes-1", "shape", List.of(shape)))
        .atTimes(number -> Recordings.FIRST_NS + number * 20_000_000 + number % 3 * 1_000_000)
        .withCheckpoints(CHECKPOINT_EVERY);
  }
}
