package org.frameline.testing.recordings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.Origin;
import org.frameline.protocol.PixelFormat;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.Unwanted;
import org.frameline.recording.write.RecordingWriter;

/**
 * Recordings as the recorder writes them: of black frames, unless something else is said. Used by
 * one test.
 */
public final class Recordings {
  /** Time stamp of frame 0. */
  public static final long FIRST_NS = 1_763_670_000_000_000_000L;

  private static final double NS_PER_S = 1e9;

  private final ElementType type;
  private final List<Integer> shape;
  private final Map<String, Object> stream = new LinkedHashMap<>(Map.of("stream", "s"));
  private String source = "synthetic:ramp";
  private String pixelFormat;
  private Compression compression = Compression.NONE;
  private Checksum checksum = Checksum.NONE;
  private LongUnaryOperator timeNs;
  private LongFunction<Origin> origin = number -> Origin.NONE;
  private long lostAtTheEnd;
  private Unwanted unwanted = Unwanted.NONE;
  private long checkpointAfterEvery;
  private Content content = (number, frame) -> {};

  /** The values of one frame; the buffer is as long, and little-endian. */
  @FunctionalInterface
  public interface Content {
    void fill(long number, ByteBuffer frame);
  }

  private Recordings(ElementType type, List<Integer> shape) {
    this.type = type;
    this.shape = shape;
    pixelFormat = shape.size() == 3 ? "RGB8" : type == ElementType.UINT16 ? "Mono16" : "Mono8";
    atRate(20);
  }

  /** Of frames of this type and shape, {@code [H,W]} or {@code [H,W,3]}. */
  public static Recordings of(ElementType type, List<Integer> shape) {
    return new Recordings(type, shape);
  }

  /** Of pictures, as a camera sends them. */
  public static Recordings of(PixelFormat format, int height, int width) {
    Recordings recording = of(format.elementType(), format.shape(height, width).lengths());
    recording.pixelFormat = format.pfncName();
    return recording;
  }

  /** All numbers from 0 on. */
  public static long[] numbersTo(int count) {
    return LongStream.range(0, count).toArray();
  }

  /** Noise, so that a sample in the wrong place shows. */
  public static Path noise(
      Path file, Compression compression, ElementType type, List<Integer> shape, long... numbers)
      throws IOException {
    return of(type, shape).compressed(compression).noise().write(file, numbers);
  }

  /** Bright patches that move, as a codec expects pictures to be. */
  public static Path scene(Path file, ElementType type, List<Integer> shape, long... numbers)
      throws IOException {
    Recordings recording = of(type, shape);
    return recording.filledWith(recording::scene).write(file, numbers);
  }

  /** What the camera is called. */
  public Recordings ofSource(String name) {
    source = name;
    return this;
  }

  /** Header fields of the stream; its name is {@code s}, unless this says otherwise. */
  public Recordings withStream(Map<String, Object> attributes) {
    stream.putAll(attributes);
    return this;
  }

  /** Frames that came while it was written, and are not in it. */
  public Recordings without(Unwanted frames) {
    unwanted = frames;
    return this;
  }

  public Recordings compressed(Compression how) {
    compression = how;
    return this;
  }

  public Recordings protectedBy(Checksum how) {
    checksum = how;
    return this;
  }

  /** Frames/s; 20 unless said otherwise. */
  public Recordings atRate(double framesPerSecond) {
    return atTimes(number -> FIRST_NS + Math.round(number * NS_PER_S / framesPerSecond));
  }

  /** When frames came, by their numbers. */
  public Recordings atTimes(LongUnaryOperator timesNs) {
    timeNs = timesNs;
    return this;
  }

  /** As a recording of a replay has it, what each frame was then. */
  public Recordings replaying(LongFunction<Origin> then) {
    origin = then;
    return this;
  }

  public Recordings filledWith(Content values) {
    content = values;
    return this;
  }

  /** The same for a number always. */
  public Recordings noise() {
    return filledWith(this::noise);
  }

  /** A checkpoint, which is waited for, after each so many numbers. */
  public Recordings withCheckpoints(long every) {
    checkpointAfterEvery = every;
    return this;
  }

  /** So many frames are missing behind the last one. */
  public Recordings missingAtTheEnd(long frames) {
    lostAtTheEnd = frames;
    return this;
  }

  /** Adds an entry of frames with these numbers to a file; what lies between is missing. */
  public Path write(Path file, long... numbers) throws IOException {
    try (RecordingWriter writer = open(file)) {
      long expected = 0;
      for (long number : numbers) {
        if (number > expected) {
          writer.missing(expected, number - expected);
        }
        append(writer, number);
        expected = number + 1;
        if (checkpointAfterEvery > 0 && expected % checkpointAfterEvery == 0) {
          checkpoint(writer);
        }
      }
      writer.unwanted(unwanted);
      if (lostAtTheEnd > 0) {
        writer.missing(expected, lostAtTheEnd);
      }
    }
    return file;
  }

  /** Adds an entry without frames, for tests that write them when they like. */
  public RecordingWriter open(Path file) throws IOException {
    RecordingOptions options =
        new RecordingOptions(
            file, ExistingFile.APPEND, compression, checksum, Duration.ofHours(1), 1);
    return RecordingWriter.open(options, entry());
  }

  /** Appends frames with these numbers; says nothing of what lies between. */
  public void append(RecordingWriter writer, long... numbers) throws IOException {
    for (long number : numbers) {
      writer.append(number, timeNs.applyAsLong(number), origin.apply(number), frame(number));
    }
  }

  /** A new one each time: with gzip a writer keeps it for a while. */
  private ByteBuffer frame(long number) {
    ByteBuffer frame = ByteBuffer.allocate(entry().frameBytes()).order(ByteOrder.LITTLE_ENDIAN);
    content.fill(number, frame);
    return frame.clear();
  }

  /** Returns when all frames so far are safe. */
  public static void checkpoint(RecordingWriter writer) {
    long frames = writer.frames();
    writer.checkpoint();
    Awaitility.await("a checkpoint")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(2))
        .until(() -> writer.checkpointedFrames() == frames);
  }

  private EntryDescription entry() {
    return new EntryDescription(
        "A title",
        shape,
        type,
        shape.size() == 3 ? "rgb-image" : "image",
        source,
        pixelFormat,
        stream,
        "frameline record",
        "0.1.0",
        Instant.parse("2025-11-20T21:00:00.5Z"));
  }

  private void noise(long number, ByteBuffer frame) {
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

  private void scene(long number, ByteBuffer frame) {
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
