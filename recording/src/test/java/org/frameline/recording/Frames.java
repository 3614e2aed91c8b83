package org.frameline.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.frameline.protocol.ElementType;
import org.frameline.recording.write.RecordingWriter;

/** Frames whose every element follows from the frame number; check_recording.py knows the rule. */
public final class Frames {

  /** Where frames and what belongs to them begin in a new file. */
  public static final int BODY = 1 << 20;

  public static final long FIRST_TIME_NS = 1763670000000000000L;

  private Frames() {}

  public static EntryDescription entry(ElementType type, Integer... shape) {
    Map<String, Object> stream = new LinkedHashMap<>();
    stream.put("stream", "run-1 ü");
    stream.put("htype", "array-1.0");
    stream.put("shape", List.of(shape));
    stream.put("worker", 3L);
    stream.put("gain", 1.5);
    stream.put("half_spectrum", true);
    stream.put("empty", "");
    boolean colour = shape.length == 3 && !type.isComplex();
    String interpretation = colour ? "rgb-image" : type.isComplex() ? null : "image";
    String format = type.isComplex() ? null : colour ? "RGB8" : "Mono8";
    return new EntryDescription(
        "A title",
        List.of(shape),
        type,
        interpretation,
        "synthetic:ramp",
        format,
        stream,
        "frameline record",
        "0.1.0",
        Instant.parse("2026-11-20T21:00:00.5Z"));
  }

  public static RecordingOptions options(
      Path file, ExistingFile existing, Compression compression) {
    return new RecordingOptions(
        file, existing, compression, Checksum.FLETCHER32, Duration.ofMillis(100), 2);
  }

  /** Without checkpoints of its own, for tests that ask for them. */
  public static RecordingOptions quiet(Path file, Compression compression) {
    return new RecordingOptions(
        file, ExistingFile.REFUSE, compression, Checksum.FLETCHER32, Duration.ofHours(1), 2);
  }

  public static ByteBuffer frame(EntryDescription entry, long number) {
    ByteBuffer frame = ByteBuffer.allocate(entry.frameBytes()).order(ByteOrder.LITTLE_ENDIAN);
    int elements = entry.frameBytes() / entry.type().bytes();
    IntStream.range(0, elements).forEach(i -> put(frame, entry.type(), number, i));
    return frame.flip();
  }

  public static void append(RecordingWriter writer, EntryDescription entry, long number)
      throws java.io.IOException {
    writer.append(number, FIRST_TIME_NS + 1000 * number, frame(entry, number));
  }

  private static void put(ByteBuffer frame, ElementType type, long number, int i) {
    switch (type) {
      case UINT8 -> frame.put((byte) (number * 31 + i));
      case UINT16 -> frame.putShort((short) (number * 31 + i));
      case FLOAT32 -> frame.putFloat((float) (number + 0.25 * i));
      case FLOAT64 -> frame.putDouble(number + 0.25 * i);
      case COMPLEX64 ->
          frame.putFloat((float) (number + 0.25 * i)).putFloat((float) -(number + 0.5 * i));
      case COMPLEX128 -> frame.putDouble(number + 0.25 * i).putDouble(-(number + 0.5 * i));
    }
  }
}
