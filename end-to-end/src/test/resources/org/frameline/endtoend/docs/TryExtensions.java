import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.frameline.fft.FftEngine;
import org.frameline.fft.engine.direct.DirectEngine;
import org.frameline.fft.engine.jtransforms.JTransformsEngine;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.PixelFormat;
import org.frameline.protocol.StreamMessage.Frame;
import org.frameline.publisher.source.FrameSource;
import org.frameline.publisher.source.SourceException;
import org.frameline.publisher.source.SourceKind;
import org.frameline.publisher.source.SourceRequest;
import org.frameline.publisher.source.SourceSpec;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.output.EntryContent;
import org.frameline.recording.output.FrameOutput;
import org.frameline.recording.output.OutputKind;

/** Uses what docs/extending.md adds; compiled together with it by ExtendingTest. */
class TryExtensions {
  public static void main(String[] folder) throws Exception {
    source();
    engine();
    format();
    output(Path.of(folder[0], "two.raw"));
    System.out.println("all four work");
  }

  private static void source() throws Exception {
    SourceKind kind =
        hidden("org.frameline.publisher.source.ChessSpec", SourceKind.class, "KIND");
    SourceSpec spec = kind.parse("chess:2");
    expect("chess:2", spec.label());
    try (FrameSource source =
        SourceRequest.of(spec).withSize(4, 3).withFormat(PixelFormat.MONO8).open(() -> false)) {
      ByteBuffer pixels = ByteBuffer.allocate(source.description().frameBytes());
      expect(true, source.grab());
      source.copyTo(pixels);
      expect("[-1, -1, 0, 0, -1, -1, 0, 0, 0, 0, -1, -1]", Arrays.toString(pixels.array()));
    }
    try {
      SourceRequest.of(spec).withFormat(PixelFormat.MONO16).open(() -> false);
      throw new AssertionError("expected Mono16 to be refused");
    } catch (SourceException e) {
      expect("chess:2: expected a format of 8 bits, found Mono16", e.getMessage());
    }
  }

  private static void engine() {
    FftEngine ours = new DirectEngine();
    FftEngine judge = new JTransformsEngine();
    List<double[]> rows = rows(ours);
    List<double[]> expected = rows(judge);
    for (int row = 0; row < expected.size(); row++) {
      for (int i = 0; i < expected.get(row).length; i++) {
        if (Math.abs(expected.get(row)[i] - rows.get(row)[i]) > 1e-9) {
          throw new AssertionError("row " + row + ": " + Arrays.toString(rows.get(row)));
        }
      }
    }
  }

  private static List<double[]> rows(FftEngine engine) {
    double[][] rows = new double[5][];
    engine
        .float64(5, 6)
        .forward(
            (row, samples) -> {
              for (int x = 0; x < 6; x++) {
                samples[x] = (row * 7 + x * x) % 11;
              }
            },
            (row, reIm, offset) -> rows[row] = Arrays.copyOfRange(reIm, offset, offset + 8));
    return new ArrayList<>(List.of(rows));
  }

  private static void format() {
    PixelFormat format = PixelFormat.ofPfncName("Mono12");
    expect(4095, format.highestValue());
    expect(Optional.of(format), PixelFormat.of(format.shape(2, 3), ElementType.UINT16, "Mono12"));
    expect(
        Optional.of(PixelFormat.MONO16),
        PixelFormat.of(format.shape(2, 3), ElementType.UINT16, null));
  }

  private static void output(Path file) throws Exception {
    var constructor =
        Class.forName("org.frameline.recording.output.RawKind").getDeclaredConstructor();
    constructor.setAccessible(true);
    OutputKind kind = (OutputKind) constructor.newInstance();
    RecordingOptions options =
        new RecordingOptions(
            file, ExistingFile.REFUSE, Compression.NONE, Checksum.NONE, Duration.ofSeconds(1), 1);
    kind.require(options);
    try (FrameOutput output = kind.open(options, EntryContent.RECORDING, "1", header(0))) {
      output.append(frame(0, 1, 2), Optional.empty(), Optional.empty());
      output.append(frame(1, 3, 4), Optional.empty(), Optional.empty());
      expect(2L, output.frames());
    }
    expect("[1, 2, 3, 4]", Arrays.toString(Files.readAllBytes(file)));
  }

  private static FrameHeader header(long frame) {
    return new FrameHeader(List.of(1, 2), ElementType.UINT8, frame, 0, "stream", Map.of());
  }

  private static Frame frame(long number, int... pixels) {
    ByteBuffer payload = ByteBuffer.allocate(pixels.length);
    for (int pixel : pixels) {
      payload.put((byte) pixel);
    }
    return new Frame("camera_frame", header(number), payload.flip());
  }

  private static <T> T hidden(String type, Class<T> as, String field) throws Exception {
    var found = Class.forName(type).getDeclaredField(field);
    found.setAccessible(true);
    return as.cast(found.get(null));
  }

  private static void expect(Object expected, Object found) {
    if (!expected.equals(found)) {
      throw new AssertionError("expected " + expected + ", found " + found);
    }
  }
}
