package org.frameline.publisher.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;
import org.frameline.protocol.PixelFormat;
import org.frameline.testing.Footage;
import org.frameline.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoFileTest {

  @TempDir Path folder;

  private static FrameSource open(Path file) throws SourceException {
    return Sources.open("video:" + file, request -> request);
  }

  private static FrameSource open(Path file, String format) throws SourceException {
    return Sources.open(
        "video:" + file, request -> request.withFormat(PixelFormat.ofPfncName(format)));
  }

  /** The command that prints a file's raw frames; the rest are output options. */
  private static String[] rawFrames(String program, Path file, String pixels, String... output) {
    List<String> command = new ArrayList<>(List.of(program, "-v", "fatal", "-i", file.toString()));
    command.addAll(List.of("-f", "rawvideo", "-pix_fmt", pixels));
    command.addAll(List.of(output));
    command.add("-");
    return command.toArray(String[]::new);
  }

  @Test
  void everyFrameOfRealFootageHasTheBytesThatFfmpegPrints() throws Exception {
    try (FrameSource source = open(Footage.file())) {
      assertThat(source.description().format()).isEqualTo(PixelFormat.RGB8);
      assertThat(source.description().width()).isEqualTo(768);
      assertThat(source.description().height()).isEqualTo(576);
      assertThat(source.description().nominalFps()).isEqualTo(10);
      assertThat(source.description().live()).isFalse();
      assertThat(source.description().text()).contains("vtest.avi").contains("768x576");
      int frames =
          Sources.framesEqualToFfmpeg(source, rawFrames("ffmpeg", Footage.file(), "rgb24"));
      assertThat(frames).isEqualTo(795);
      assertThat(source.grab()).isFalse();
    }
  }

  @Test
  void scalesToTheSizeAskedForAsFfmpegDoes() throws Exception {
    Path file = footageStart(20);
    try (FrameSource source =
        Sources.open("video:" + file, request -> request.withSize(321, 241))) {
      assertThat(source.description().frameBytes()).isEqualTo(321 * 241 * 3);
      String[] command = rawFrames("ffmpeg", file, "rgb24", "-s", "321x241");
      assertThat(Sources.framesEqualToFfmpeg(source, command)).isEqualTo(20);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RGB8,rgb24,bgr0",
    "RGB8,rgb24,yuv444p",
    "RGB8,rgb24,gray",
    "Mono8,gray,gray",
    "Mono8,gray,yuv420p",
    "Mono16,gray16le,gray16le",
    "Mono16,gray16le,gray"
  })
  void oddSizesKeepEveryPixelOfEachFormat(String format, String pixels, String coded)
      throws Exception {
    Path file =
        Footage.testVideo(
            folder.resolve("odd.mkv"), "321x241", 10, "-c:v", "ffv1", "-pix_fmt", coded);
    try (FrameSource source = open(file, format)) {
      assertThat(source.description().frameBytes())
          .isEqualTo(321 * 241 * source.description().format().bytesPerPixel());
      String[] command = rawFrames("ffmpeg", file, pixels);
      assertThat(Sources.framesEqualToFfmpeg(source, command)).isEqualTo(10);
    }
  }

  /**
   * From colour to 16 bit the result depends on FFmpeg's version (before 7.1 white became 65,280
   * instead of 65,535), so the judge is the ffmpeg program of the version that we carry.
   */
  @ParameterizedTest
  @ValueSource(strings = {"yuv420p", "bgr0", "yuvj422p"})
  void colourBecomesMono16AsInTheFfmpegProgramOfTheSameVersion(String coded) throws Exception {
    Path file =
        Footage.testVideo(
            folder.resolve("colour.mkv"), "322x242", 5, "-c:v", "ffv1", "-pix_fmt", coded);
    try (FrameSource source = open(file, "Mono16")) {
      String[] command = rawFrames(Loader.load(ffmpeg.class), file, "gray16le");
      assertThat(Sources.framesEqualToFfmpeg(source, command)).isEqualTo(5);
    }
  }

  @Test
  void framesThatTheCodecHoldsBackComeAtTheEnd() throws Exception {
    Path file =
        Footage.testVideo(
            folder.resolve("b-frames.mp4"),
            "320x240",
            25,
            "-c:v",
            "libx264",
            "-bf",
            "3",
            "-pix_fmt",
            "yuv420p");
    try (FrameSource source = open(file)) {
      assertThat(source.description().nominalFps()).isEqualTo(25);
      assertThat(Sources.framesEqualToFfmpeg(source, rawFrames("ffmpeg", file, "rgb24")))
          .isEqualTo(25);
    }
  }

  /** The raw stream has no time stamps to seek by and takes the other way to its start. */
  @ParameterizedTest
  @ValueSource(strings = {"loop.mp4", "loop.avi", "loop.mkv", "loop.ts", "loop.h264"})
  void aLoopGoesOnWithTheFirstFrameAfterTheLast(String name) throws Exception {
    Path file =
        Footage.testVideo(folder.resolve(name), "160x120", 12, "-c:v", "libx264", "-bf", "2");
    try (FrameSource source = Sources.open("video:" + file, request -> request.withLoop(true))) {
      String[] command = rawFrames("ffmpeg", file, "rgb24");
      List<ByteBuffer> round = new ArrayList<>();
      try (FrameSource once = open(file)) {
        assertThat(Sources.framesEqualToFfmpeg(once, command)).isEqualTo(12);
      }
      for (int i = 0; i < 50; i++) {
        assertThat(source.grab()).as("frame %d", i).isTrue();
        ByteBuffer frame = ByteBuffer.allocate(source.description().frameBytes());
        source.copyTo(frame);
        if (i < 12) {
          round.add(frame.flip());
        } else {
          assertThat(frame.flip()).as("frame %d", i).isEqualTo(round.get(i % 12));
        }
      }
      assertThat(round).doesNotHaveDuplicates();
      source.cancel();
      assertThat(source.grab()).isFalse();
    }
  }

  @Test
  void aFileThatWasCutShortGivesWhatIsLeftOfIt() throws Exception {
    byte[] whole = Files.readAllBytes(Footage.file());
    Path file = Files.write(folder.resolve("cut.avi"), Arrays.copyOf(whole, 1_000_001));
    try (FrameSource source = open(file)) {
      int frames = Sources.framesEqualToFfmpeg(source, rawFrames("ffmpeg", file, "rgb24"));
      assertThat(frames).isBetween(50, 150);
    }
  }

  @Test
  void namesWithColonsSpacesAndPercentSignsAreFiles() throws Exception {
    Path made = Footage.testVideo(folder.resolve("plain.avi"), "64x48", 3, "-c:v", "mjpeg");
    Path file = Files.move(made, folder.resolve("pipe:1 50%d at 10:30.avi"));
    try (FrameSource source = open(file)) {
      assertThat(source.grab()).isTrue();
    }
  }

  @Test
  void whatIsNoVideoIsOneClearLine() throws Exception {
    Path text = Files.writeString(folder.resolve("text.avi"), "This is not a video.\n".repeat(50));
    assertFails(text, "text.avi is not a video, or it is broken");
    assertFails(folder.resolve("none.avi"), "no file " + folder.resolve("none.avi"));
    assertFails(folder, folder + " is a folder");
    assertFails(Files.createFile(folder.resolve("empty.avi")), "empty.avi is not a video");
    Path sound = folder.resolve("sound.wav");
    Program.run(
        Path.of("."), "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=d=1", sound.toString());
    assertFails(sound, "sound.wav has no video in it");
    Path movie = Footage.testVideo(folder.resolve("a.mp4"), "320x240", 20, "-c:v", "libx264");
    byte[] bytes = Files.readAllBytes(movie);
    Path cut = Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(bytes, bytes.length / 2));
    assertFails(cut, "cut.mp4 is not a video, or it is broken");
  }

  private static void assertFails(Path file, String message) {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> open(file).close())
        .withMessageContaining(message)
        .withMessageNotContaining("\n");
  }

  @Test
  void givesItsNativeMemoryBack() throws Exception {
    Path file = footageStart(3);
    for (int i = 0; i < 30; i++) {
      openGrabClose(file);
    }
    long before = residentKb();
    for (int i = 0; i < 150; i++) {
      openGrabClose(file);
    }
    // One leaked frame a time would be 150 x 1.3 MB.
    assertThat(residentKb() - before).isLessThan(60_000);
  }

  private static void openGrabClose(Path file) throws SourceException {
    try (FrameSource source = open(file)) {
      assertThat(source.grab()).isTrue();
    }
  }

  /** What /proc says; the tests run on Debian. */
  private static long residentKb() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private Path footageStart(int frames) throws IOException, InterruptedException {
    Path file = folder.resolve("start.avi");
    Program.run(
        Path.of("."),
        "ffmpeg",
        "-v",
        "error",
        "-i",
        Footage.file().toString(),
        "-frames:v",
        Integer.toString(frames),
        "-c:v",
        "copy",
        file.toString());
    return file;
  }
}
