package org.frameline.publisher.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.frameline.protocol.Origin;
import org.frameline.protocol.PixelFormat;
import org.frameline.recording.Compression;
import org.frameline.recording.write.RecordingWriter;
import org.frameline.testing.recordings.Recordings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings of our own, sent again. */
class RecordingSourceTest {
  private static final long[] WITH_A_GAP = {5, 6, 7, 10, 11, 12, 13, 20};

  @TempDir Path folder;

  private static FrameSource open(Path file, UnaryOperator<SourceRequest> wish)
      throws SourceException {
    return Sources.open("hdf5:" + file, wish);
  }

  private static FrameSource open(Path file) throws SourceException {
    return open(file, request -> request);
  }

  /** Grabs to the end, or so many. */
  private static List<Origin> grab(FrameSource source, int most) throws SourceException {
    List<Origin> origins = new ArrayList<>();
    while (origins.size() < most && source.grab()) {
      origins.add(source.origin());
    }
    return origins;
  }

  private static List<Origin> grabAll(FrameSource source) throws SourceException {
    return grab(source, Integer.MAX_VALUE);
  }

  private static void requireRefused(String spec, String... expected) {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> Sources.open(spec, request -> request).close())
        .satisfies(e -> assertThat(e.getMessage()).contains(expected).doesNotContain("\n"));
  }

  private static long intervalNs(long number, long next) {
    return Replayed.timeNs(next) - Replayed.timeNs(number);
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, RGB8",
    "NONE, MONO8",
    "NONE, MONO16",
    "GZIP, RGB8",
    "GZIP, MONO8",
    "GZIP, MONO16"
  })
  void framesNumbersAndTimesAreThoseOfTheRecording(Compression compression, PixelFormat format)
      throws Exception {
    Path file = Replayed.write(folder.resolve("r.h5"), compression, format, "stream-1", WITH_A_GAP);
    try (FrameSource source = open(file)) {
      SourceDescription about = source.description();
      assertThat(about.width()).isEqualTo(Replayed.WIDTH);
      assertThat(about.height()).isEqualTo(Replayed.HEIGHT);
      assertThat(about.format()).isEqualTo(format);
      assertThat(about.live()).isFalse();
      assertThat(source.isEndless()).isFalse();
      for (long number : WITH_A_GAP) {
        assertThat(source.grab()).isTrue();
        assertThat(source.origin()).isEqualTo(new Origin(number, Replayed.timeNs(number)));
        ByteBuffer copy = ByteBuffer.allocateDirect(about.frameBytes());
        source.copyTo(copy);
        assertThat(copy.flip()).isEqualTo(Replayed.pixels(format, number));
      }
      assertThat(source.grab()).isFalse();
      assertThat(source.grab()).isFalse();
    }
  }

  @Test
  void theRhythmIsThatOfTheTimeStamps() throws Exception {
    try (FrameSource source = open(Replayed.write(folder.resolve("r.h5"), WITH_A_GAP))) {
      for (int i = 0; i + 1 < WITH_A_GAP.length; i++) {
        source.grab();
        assertThat(source.untilNextNs())
            .isEqualTo((double) intervalNs(WITH_A_GAP[i], WITH_A_GAP[i + 1]));
      }
      source.grab();
      assertThat(source.untilNextNs()).isNaN();
    }
  }

  @Test
  void aClockThatWasPutBackIsNoPause() throws Exception {
    Path file = folder.resolve("r.h5");
    try (RecordingWriter writer =
        Replayed.of(Compression.NONE, PixelFormat.MONO8, "stream-1").open(file)) {
      writer.append(0, 9_000_000_000L, Replayed.pixels(PixelFormat.MONO8, 0));
      writer.append(1, 1_000_000_000L, Replayed.pixels(PixelFormat.MONO8, 1));
    }
    try (FrameSource source = open(file)) {
      source.grab();
      assertThat(source.untilNextNs()).isZero();
    }
  }

  @Test
  void theHeaderSaysWhatWasRecorded() throws Exception {
    try (FrameSource source = open(Replayed.write(folder.resolve("r.h5"), 0, 1))) {
      assertThat(source.description().nominalFps()).isEqualTo(200);
      assertThat(source.description().extraHeaderKeys())
          .containsEntry("recorded_stream", "stream-1")
          .containsEntry("recorded_source", "synthetic:ramp")
          .containsEntry("recorded_frames_per_second", 200.0)
          .containsEntry("fringe_cycles_x", 20.5)
          .containsEntry("cooled", true)
          .containsEntry("pixel_format", "Mono8")
          .doesNotContainKeys("stream", "source", "frames_per_second", "htype", "NX_class");
    }
  }

  @Test
  void aRecordingOfARecordingSaysWhatTheFirstOneWas() throws Exception {
    Path file = folder.resolve("copy.h5");
    try (RecordingWriter writer =
        Replayed.of(Compression.GZIP, PixelFormat.MONO8, "stream-1").open(file)) {
      for (int i = 0; i < 3; i++) {
        ByteBuffer pixels = Replayed.pixels(PixelFormat.MONO8, i);
        writer.append(i, 77_000_000_000L + i, new Origin(40 + i, Replayed.timeNs(i)), pixels);
      }
    }
    try (FrameSource source = open(file)) {
      source.grab();
      assertThat(source.origin()).isEqualTo(new Origin(40, Replayed.timeNs(0)));
      assertThat(source.untilNextNs()).isEqualTo((double) intervalNs(0, 1));
      source.grab();
      assertThat(source.origin()).isEqualTo(new Origin(41, Replayed.timeNs(1)));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 100, 8", "6, 12, 5", "8, 9, -1", "21, 30, -1", "20, 20, 1", "0, 4, -1"})
  void aRangeIsOfRecordedNumbers(long from, long to, int frames) throws Exception {
    Path file = Replayed.write(folder.resolve("r.h5"), WITH_A_GAP);
    UnaryOperator<SourceRequest> range = request -> request.withRange(new FrameRange(from, to));
    if (frames < 0) {
      assertThatExceptionOfType(SourceException.class)
          .isThrownBy(() -> open(file, range))
          .withMessage(file + ": expected frames " + from + " to " + to + ", found 5 to 20");
    } else {
      try (FrameSource source = open(file, range)) {
        List<Origin> origins = grabAll(source);
        assertThat(origins).hasSize(frames);
        assertThat(origins).allMatch(it -> it.frame() >= from && it.frame() <= to);
      }
    }
  }

  @Test
  void aLoopBeginsAgainWhereTheRangeDoes() throws Exception {
    Path file = Replayed.write(folder.resolve("r.h5"), WITH_A_GAP);
    try (FrameSource source =
        open(file, request -> request.withLoop(true).withRange(new FrameRange(7, 11)))) {
      assertThat(grab(source, 7)).isEqualTo(Replayed.origins(7, 10, 11, 7, 10, 11, 7));
      assertThat(source.untilNextNs()).isPositive();
      source.grab();
      source.grab();
      assertThat(source.untilNextNs()).as("from the last to the first").isNaN();
    }
  }

  @Test
  void entriesOfOneStreamAreSentInARow() throws Exception {
    Path file = folder.resolve("r.h5");
    Replayed.write(file, 0, 1, 2);
    Replayed.write(file, 5, 6);
    Replayed.write(file, Compression.NONE, PixelFormat.MONO8, "stream-2", 0, 1);
    try (FrameSource source = open(file, request -> request.withLoop(true))) {
      assertThat(grab(source, 8)).isEqualTo(Replayed.origins(0, 1, 2, 5, 6, 0, 1, 2));
    }
    try (FrameSource source = open(file)) {
      assertThat(grabAll(source)).isEqualTo(Replayed.origins(0, 1, 2, 5, 6));
    }
    try (FrameSource source = Sources.open("hdf5:" + file + "#entry_2", request -> request)) {
      assertThat(grabAll(source)).isEqualTo(Replayed.origins(5, 6));
      assertThat(source.description().text()).contains("entry_2");
    }
    try (FrameSource source = Sources.open("hdf5:" + file + "#entry_3", request -> request)) {
      assertThat(source.description().extraHeaderKeys())
          .containsEntry("recorded_stream", "stream-2");
    }
    requireRefused(
        "hdf5:" + file + "#entry_4", "expected one of entry, entry_2, entry_3, found \"entry_4\"");
  }

  @Test
  void numberedFilesAreSentInARow() throws Exception {
    Replayed.write(folder.resolve("run_0001.h5"), 0, 1);
    Replayed.write(folder.resolve("run_0002.h5"), 2, 3);
    Replayed.write(folder.resolve("run_0010.h5"), 4);
    Replayed.write(folder.resolve("runner_0003.h5"), 99);
    Path name = folder.resolve("run.h5");
    try (FrameSource source = open(name)) {
      assertThat(grabAll(source)).isEqualTo(Replayed.origins(0, 1, 2, 3, 4));
    }
    try (FrameSource source = open(name, it -> it.withRange(new FrameRange(3, 9)))) {
      assertThat(grabAll(source)).isEqualTo(Replayed.origins(3, 4));
    }
    try (FrameSource source = open(folder.resolve("run_0002.h5"))) {
      assertThat(grabAll(source)).isEqualTo(Replayed.origins(2, 3));
    }
  }

  @Test
  void aRecordingThatIsBeingWrittenIsSentAsItWasWhenItWasOpened() throws Exception {
    Path file = folder.resolve("r.h5");
    PixelFormat format = PixelFormat.MONO16;
    Recordings recording = Replayed.of(Compression.GZIP, format, "stream-1");
    try (RecordingWriter writer = recording.open(file)) {
      recording.append(writer, 0, 1, 2);
      Recordings.checkpoint(writer);
      recording.append(writer, 3);
      try (FrameSource source = open(file)) {
        recording.append(writer, 4, 5);
        assertThat(grabAll(source)).isEqualTo(Replayed.origins(0, 1, 2));
      }
    }
    try (FrameSource source = open(file)) {
      assertThat(grabAll(source)).hasSize(6);
    }
  }

  @Test
  void cancellingEndsIt() throws Exception {
    Path file = Replayed.write(folder.resolve("r.h5"), WITH_A_GAP);
    try (FrameSource source = open(file, request -> request.withLoop(true))) {
      assertThat(source.grab()).isTrue();
      source.cancel();
      assertThat(source.grab()).isFalse();
    }
  }

  @Test
  void aRecordingWithoutFramesIsOneLine() throws Exception {
    Path file = Replayed.write(folder.resolve("r.h5"));
    requireRefused("hdf5:" + file, file + " holds no frames");
    Replayed.write(file, 3);
    try (FrameSource source = open(file)) {
      assertThat(grabAll(source)).isEqualTo(Replayed.origins(3));
    }
  }
}
