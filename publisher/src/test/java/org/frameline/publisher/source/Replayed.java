package org.frameline.publisher.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.frameline.protocol.Origin;
import org.frameline.protocol.PixelFormat;
import org.frameline.recording.Compression;
import org.frameline.testing.recordings.Recordings;

/** Recordings to be sent again; pixels and times follow from the numbers. Without state. */
public final class Replayed {
  static final int WIDTH = 17;
  static final int HEIGHT = 11;

  private Replayed() {}

  /** Frames of noise, the same for a number and format always. */
  static ByteBuffer pixels(PixelFormat format, long number) {
    byte[] pixels = new byte[WIDTH * HEIGHT * format.bytesPerPixel()];
    new Random(number).nextBytes(pixels);
    return ByteBuffer.wrap(pixels);
  }

  /** Uneven: from 1 ms to 9 ms apart. */
  public static long timeNs(long number) {
    return 1_763_670_000_123_456_789L + number * 5_000_000 + number * number % 5 * 1_000_000;
  }

  static Recordings of(Compression compression, PixelFormat format, String stream) {
    return Recordings.of(format, HEIGHT, WIDTH)
        .withStream(
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
                true))
        .compressed(compression)
        .atTimes(Replayed::timeNs)
        .filledWith((number, frame) -> frame.put(pixels(format, number)));
  }

  /** A file with one entry more, of these frames. */
  public static Path write(
      Path file, Compression compression, PixelFormat format, String stream, long... numbers)
      throws IOException {
    return of(compression, format, stream).write(file, numbers);
  }

  /** Uncompressed, grey. */
  public static Path write(Path file, long... numbers) throws IOException {
    return write(file, Compression.NONE, PixelFormat.MONO8, "stream-1", numbers);
  }

  /** What a recording says of these frames. */
  static List<Origin> origins(long... numbers) {
    return Arrays.stream(numbers).mapToObj(number -> new Origin(number, timeNs(number))).toList();
  }
}
