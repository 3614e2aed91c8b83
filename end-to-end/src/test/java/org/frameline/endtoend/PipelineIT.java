package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.frameline.testing.Footage;
import org.frameline.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole pipeline on real footage and simulated cameras, judged by numpy, h5py and ffmpeg. */
class PipelineIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void recordsAndTransformsEveryFrameOfRealFootage() throws IOException {
    try (Pipeline pipeline =
        new Pipeline(directory)
            .sink("--out", "spectra.h5")
            .transform(2, "--output", "complex")
            .recorder()
            .publisher(
                2,
                "--source",
                "video:" + Footage.file(),
                "--frames",
                "100",
                "--fps",
                "max",
                "--lossless")
            .start()) {
      assertThat(pipeline.awaitExits().values()).as(pipeline.output()).containsOnly(0);
    }

    assertThat(json("publish.json").get("frames").asInt()).isEqualTo(100);
    assertLedger("record.json", 100);
    assertLedger("ventilate.json", 100);
    assertLedger("sink.json", 100);
    assertThat(json("sink.json").get("from_ring").asInt()).as("spectra through rings").isPositive();
    assertThat(json("sink.json").get("unreadable").asInt()).isZero();
    JsonNode perWorker = json("sink.json").get("per_worker");
    assertThat(perWorker.size()).isEqualTo(2);
    perWorker.forEach(worker -> assertThat(worker.get("frames").asInt()).isPositive());
    judge("check_recording.py", "recording.h5", Footage.file().toString(), "100");
    judge("check_spectra.py", "recording.h5", "spectra.h5", "1e-6");
  }

  /** What FFmpeg reads cameras with needs libraries for sound, which a bare machine has not. */
  @Test
  void readsAFileWithoutTheLibrariesForCameras() throws IOException {
    try (Pipeline pipeline =
        new Pipeline(directory).publisher(1, "--source", "video:" + Footage.file()).start()) {
      new Control(pipeline.ports().control()).awaitAtLeast("published", 0);
      Path maps = Path.of("/proc/" + pipeline.program("publish").pid() + "/maps");
      assertThat(Files.readString(maps)).contains("libavformat").doesNotContain("libavdevice");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "640x480, RGB8, float32, 1e-6",
    "640x480, RGB8, float64, 1e-12",
    "251x127, RGB8, float32, 1e-6",
    "251x127, RGB8, float64, 1e-12",
    "640x480, Mono16, float32, 1e-6",
    "640x480, Mono16, float64, 1e-12",
    "251x127, Mono8, float32, 1e-6",
  })
  void agreesWithNumpy(String size, String format, String precision, String tolerance) {
    try (Pipeline pipeline =
        new Pipeline(directory)
            .publisher(
                2,
                "--source",
                "video:" + Footage.file(),
                "--frames",
                "6",
                "--size",
                size,
                "--format",
                format,
                "--fps",
                "max",
                "--lossless")
            .recorder()
            .transform(1, "--precision", precision)
            .sink("--out", "spectra.h5")
            .start()) {
      assertThat(pipeline.awaitExits().values()).as(pipeline.output()).containsOnly(0);
    }
    judge("check_spectra.py", "recording.h5", "spectra.h5", tolerance);
  }

  @Test
  void findsTheFringesWhereTheHeaderSaysTheyAre() {
    try (Pipeline pipeline =
        new Pipeline(directory)
            .sink("--out", "spectra.h5")
            .transform(1, "--output", "power")
            .recorder("--compression", "gzip")
            .publisher(
                2,
                "--source",
                "synthetic:fringes",
                "--frames",
                "5",
                "--format",
                "Mono8",
                "--fps",
                "50")
            .start()) {
      assertThat(pipeline.awaitExits().values()).as(pipeline.output()).containsOnly(0);
    }
    judge("check_fringes.py", "recording.h5", "spectra.h5");
  }

  private void assertLedger(String report, int frames) throws IOException {
    JsonNode json = json(report);
    assertThat(json.get("frames").asInt()).as(report).isEqualTo(frames);
    assertThat(json.get("missing").asInt()).as(report).isZero();
    if (!report.equals("sink.json")) {
      // On a busy machine a frame may be dealt out again because it is late; the sink drops one.
      assertThat(json.get("duplicate").asInt()).as(report).isZero();
    }
    assertThat(json.get("malformed").asInt()).as(report).isZero();
    assertThat(json.get("frames_per_second").asDouble()).as(report).isPositive();
    assertThat(json.get("bytes_per_second").asDouble()).as(report).isPositive();
  }

  private JsonNode json(String file) throws IOException {
    return JSON.readTree(directory.resolve(file).toFile());
  }

  private void judge(String script, String... arguments) {
    try (Program judge = Judges.start(directory, script, arguments)) {
      assertThat(judge.awaitExit()).as(judge.output()).isZero();
      System.out.println(judge.output());
    }
  }
}
