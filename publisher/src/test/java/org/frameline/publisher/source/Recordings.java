package org.frameline.publisher.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.frameline.protocol.Origin;
import org.frameline.protocol.PixelFormat;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.write.RecordingWriter;

/** Makes recordings whose pixels, numbers and times follow from the row. Without state. */
public final class Recordings {
  static final int WIDTH = 17;
  static final int HEIGHT = 11;

  private Recordings() {}

  /** Frames of noise, the same for a row and format always. */
  static ByteBuffer pixels(PixelFormat format, long number) {
    byte[] pixels = new byte[WIDTH * HEIGHT * format.bytesPerPixel()];
    new Random(number).nextBytes(pixels);
    return ByteBuffer.wrap(pixels);
  }

  /** Uneven: from 1 ms to 9 ms apart. */
  public static long timeNs(long number) {
    return 1_763_670_000_123_456_789L + number * 5_000_000 + number * number % 5 * 1_000_000;
  }

  static EntryDescription entry(PixelFormat format, String stream) {
    return new EntryDescription(
        "A recording",
        format.shape(HEIGHT, WIDTH),
        format.elementType(),
        null,
        "synthetic:ramp",
        format.pfncName(),
        Map.of(
            "htype",
            "array-1.0",
            "stream",
            stream,
            "source",
            "synthetic:ramp",
            "pixel_format",
            format.pfncName(),
            "frames_per_second",
            200.0,
            "fringe_cycles_x",
            20.5,
            "cooled",
            true),
        "frameline record",
        "0.1.0",
        Instant.ofEpochSecond(1_763_670_000));
  }

  static RecordingWriter writer(
      Path file, Compression compression, PixelFormat format, String stream) throws IOException {
    return RecordingWriter.open(
        new RecordingOptions(file, ExistingFile.APPEND, compression, Duration.ofHours(1), 1),
        entry(format, stream));
  }

  static void append(RecordingWriter writer, PixelFormat format, long... numbers)
      throws IOException {
    for (long number : numbers) {
      writer.append(number, timeNs(number), pixels(format, number));
    }
  }

  /** A file with one entry more, of these frames. */
  public static Path write(
      Path file, Compression compression, PixelFormat format, String stream, long... numbers)
      throws IOException {
    try (RecordingWriter writer = writer(file, compression, format, stream)) {
      append(writer, format, numbers);
    }
    return file;
  }

  /** Uncompressed, grey. */
  public static Path write(Path file, long... numbers) throws IOException {
    return write(file, Compression.NONE, PixelFormat.MONO8, "stream-1", numbers);
  }

  /** What a recording says of these frames. */
  static List<Origin> origins(long... numbers) {
    return java.util.Arrays.stream(numbers)
        .mapToObj(number -> new Origin(number, timeNs(number)))
        .toList();
  }
}
