package org.frameline.publisher.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the programs that judge our frames, and finds the footage. No state. */
public final class Programs {

  private static final long TIMEOUT_S = 60;

  private Programs() {}

  /** Runs a command to its end and returns what it printed; fails on any exit code but 0. */
  public static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)).as("end of %s", command[0]).isTrue();
    assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    return output.strip();
  }

  /** Runs a Python program with numpy and scipy, with {@code arguments} in sys.argv. */
  static String python(String program, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-c", program));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    return run(command.toArray(String[]::new));
  }

  /** Makes a video with the ffmpeg program from its test picture generator. */
  public static Path testVideo(Path file, String size, int frames, String... encoding)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-f", "lavfi", "-i"));
    // The generator itself rounds odd sizes down.
    command.add("testsrc2=size=400x300:rate=25,scale=" + size.replace('x', ':'));
    command.addAll(List.of("-frames:v", Integer.toString(frames)));
    command.addAll(List.of(encoding));
    command.add(file.toString());
    run(command.toArray(String[]::new));
    return file;
  }

  /** 795 frames of 768x576 pixels from a surveillance camera, out of OpenCV's examples. */
  public static Path footage() {
    return Stream.of(
            Path.of("../../shared/data/vtest.avi"),
            Path.of("/usr/share/doc/opencv-doc/examples/data/vtest.avi"))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("expected vtest.avi; install the package opencv-doc"));
  }

  /**
   * Grabs a source to its end and compares every frame with the raw bytes that an ffmpeg program
   * prints.
   *
   * @return the number of frames, which is the same on both sides
   */
  static int framesEqualToFfmpeg(FrameSource source, String... command)
      throws IOException, InterruptedException, SourceException {
    Process ffmpeg =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    int bytes = source.description().frameBytes();
    ByteBuffer ours = ByteBuffer.allocateDirect(bytes);
    int frames = 0;
    try (InputStream output = ffmpeg.getInputStream()) {
      while (source.grab()) {
        source.copyTo(ours.clear());
        ByteBuffer theirs = ByteBuffer.wrap(output.readNBytes(bytes));
        assertThat(theirs.limit()).as("bytes of ffmpeg's frame %d", frames).isEqualTo(bytes);
        assertThat(ours.flip().mismatch(theirs))
            .as("differing byte in frame %d", frames)
            .isEqualTo(-1);
        frames++;
      }
      assertThat(output.read()).as("ffmpeg's output after frame %d", frames).isEqualTo(-1);
    } finally {
      ffmpeg.destroy();
    }
    assertThat(ffmpeg.waitFor(TIMEOUT_S, TimeUnit.SECONDS)).isTrue();
    return frames;
  }

  /** Opens a spec with a request made from it by {@code wish}. */
  static FrameSource open(String spec, java.util.function.UnaryOperator<SourceRequest> wish)
      throws SourceException {
    return wish.apply(SourceRequest.of(SourceKinds.parse(spec))).open(() -> false);
  }

  /** Writes the next {@code frames} frames one after the other into a file. */
  static Path dump(FrameSource source, int frames, Path file) throws SourceException {
    ByteBuffer all = ByteBuffer.allocate(frames * source.description().frameBytes());
    for (int i = 0; i < frames; i++) {
      assertThat(source.grab()).as("frame %d", i).isTrue();
      source.copyTo(all);
    }
    try {
      return Files.write(file, all.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
