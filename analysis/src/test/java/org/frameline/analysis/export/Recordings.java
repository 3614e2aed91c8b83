package org.frameline.analysis.export;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.frameline.program.StopSignal;
import org.frameline.program.command.Failures;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.RecordingWriter;
import picocli.CommandLine;

/** Recordings to export, and the command. Without state. */
final class Recordings {
  /** Frames/s of all of them. */
  static final double RATE = 20;

  private static final long FIRST_NS = 1763670000000000000L;
  private static final long NS_PER_FRAME = 50_000_000;

  /** How the command ended, and what it said on stdout and stderr. */
  record Ending(int code, List<String> out, List<String> err) {}

  private Recordings() {}

  static Ending export(Object... args) {
    return export(new StopSignal(), args);
  }

  static Ending export(StopSignal stop, Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> texts = new ArrayList<>();
    for (Object arg : args) {
      texts.add(arg.toString());
    }
    int code =
        new CommandLine(new ExportCommand(stop))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setParameterExceptionHandler(new Failures())
            .setExecutionExceptionHandler(new Failures())
            .execute(texts.toArray(String[]::new));
    return new Ending(code, out.toString().lines().toList(), err.toString().lines().toList());
  }

  static long[] numbersTo(int count) {
    return IntStream.range(0, count).asLongStream().toArray();
  }

  /** Noise, so that a sample in the wrong place shows. */
  static Path noise(
      Path file, Compression compression, ElementType type, List<Integer> shape, long... numbers)
      throws IOException {
    return write(file, compression, type, shape, Map.of(), Recordings::noise, numbers);
  }

  /** Bright patches that move, as a codec expects pictures to be. */
  static Path scene(Path file, ElementType type, List<Integer> shape, long... numbers)
      throws IOException {
    return write(file, Compression.NONE, type, shape, Map.of(), Recordings::scene, numbers);
  }

  /** Values of one frame. */
  interface Filler {
    void fill(ByteBuffer frame, ElementType type, List<Integer> shape, long number);
  }

  static Path write(
      Path file,
      Compression compression,
      ElementType type,
      List<Integer> shape,
      Map<String, Object> stream,
      Filler filler,
      long... numbers)
      throws IOException {
    Map<String, Object> attributes = new LinkedHashMap<>(Map.of("stream", "s"));
    attributes.putAll(stream);
    EntryDescription entry =
        new EntryDescription(
            "A title",
            shape,
            type,
            shape.size() == 3 ? "rgb-image" : "image",
            "synthetic:noise",
            "Mono8",
            attributes,
            "frameline record",
            "0.1.0",
            Instant.now());
    RecordingOptions options =
        new RecordingOptions(file, ExistingFile.APPEND, compression, Duration.ofHours(1), 1);
    try (RecordingWriter writer = RecordingWriter.open(options, entry)) {
      long expected = 0;
      for (long number : numbers) {
        if (number > expected) {
          writer.missing(expected, number - expected);
        }
        ByteBuffer frame = ByteBuffer.allocate(entry.frameBytes()).order(ByteOrder.LITTLE_ENDIAN);
        filler.fill(frame, type, shape, number);
        writer.append(number, FIRST_NS + NS_PER_FRAME * number, frame.clear());
        expected = number + 1;
      }
    }
    return file;
  }

  private static void noise(ByteBuffer frame, ElementType type, List<Integer> shape, long number) {
    Random random = new Random(number);
    while (frame.hasRemaining()) {
      switch (type) {
        case UINT8 -> frame.put((byte) random.nextInt());
        case UINT16 -> frame.putShort((short) random.nextInt());
        case FLOAT32, COMPLEX64 -> frame.putFloat((float) random.nextGaussian());
        case FLOAT64, COMPLEX128 -> frame.putDouble(random.nextGaussian());
      }
    }
  }

  private static void scene(ByteBuffer frame, ElementType type, List<Integer> shape, long number) {
    int channels = shape.size() == 3 ? shape.get(2) : 1;
    for (int y = 0; y < shape.get(0); y++) {
      for (int x = 0; x < shape.get(1); x++) {
        for (int channel = 0; channel < channels; channel++) {
          double wave =
              Math.sin((x + 2.0 * number) / (9 + 4 * channel)) * Math.cos(y / (7.0 + channel));
          double value = 0.5 + 0.45 * wave;
          if (type == ElementType.UINT8) {
            frame.put((byte) Math.round(value * 255));
          } else {
            frame.putShort((short) Math.round(value * 65535));
          }
        }
      }
    }
  }
}
