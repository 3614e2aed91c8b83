package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.frameline.testing.Footage;
import org.frameline.testing.Program;
import org.frameline.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings that are sent again, judged by h5py, hashlib and numpy. */
class ReplayIT {
  @TempDir private Path directory;

  private void record(String file, String[] recorder, String... publisher) {
    String[] all =
        Stream.concat(Arrays.stream(publisher), Stream.of("--lossless")).toArray(String[]::new);
    try (Pipeline pipeline =
        new Pipeline(directory).recorderTo(file, recorder).publisher(1, all).start()) {
      assertThat(pipeline.awaitExits().values()).as(pipeline.output()).containsOnly(0);
    }
  }

  private void judge(String script, String... arguments) {
    try (Program judge = Judges.start(directory, script, arguments)) {
      assertThat(judge.awaitExit()).as(judge.output()).isZero();
      System.out.println(judge.output());
    }
  }

  private void verify(String file) {
    try (Program verify = Program.frameline(directory, "verify", file)) {
      assertThat(verify.awaitExit()).as(verify.output()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FOOTAGE, 60, RGB8, none, none",
    "FOOTAGE, 50, RGB8, gzip, none",
    "synthetic:noise, 80, Mono16, none, gzip",
    "synthetic:fringes, 100, Mono16, gzip, gzip",
    "synthetic:particles, 90, Mono8, none, none",
  })
  void aRecordingOfAReplayHasTheSameFrames(
      String source, String frames, String format, String compression, String ofTheCopy) {
    record(
        "original.h5",
        new String[] {"--compression", compression},
        "--source",
        source.replace("FOOTAGE", "video:" + Footage.file()),
        "--frames",
        frames,
        "--format",
        format,
        "--size",
        "251x127",
        "--fps",
        "200");
    record(
        "copy.h5",
        new String[] {"--compression", ofTheCopy},
        "--source",
        "hdf5:original.h5",
        "--fps",
        "max");
    judge("check_replay.py", "original.h5", "copy.h5", frames);
    verify("copy.h5");
  }

  @Test
  void severalFilesAreOneRecording() {
    record(
        "run.h5",
        new String[] {"--rotate-frames", "20"},
        "--source",
        "synthetic:ramp",
        "--frames",
        "50",
        "--fps",
        "max");
    assertThat(directory.resolve("run_0003.h5")).exists();
    record("copy.h5", new String[0], "--source", "hdf5:run.h5", "--from", "15", "--to", "44");
    try (Program python =
        Python.start(
            directory,
            """
            import h5py, numpy as np
            data = h5py.File('copy.h5')['entry/data']
            assert np.array_equal(data['recorded_frame_number'][:], np.arange(15, 45))
            # The ramp: the first pixel of frame n is n.
            assert np.array_equal(data['data'][:, 0, 0, 0], np.arange(15, 45)), data['data'][:, 0, 0]
            """)) {
      assertThat(python.awaitExit()).as(python.output()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void theRecordedRhythmIsKept(String speed) {
    record(
        "original.h5",
        new String[0],
        "--source",
        "synthetic:ramp",
        "--frames",
        "30",
        "--size",
        "64x48",
        "--fps",
        "max");
    judge("make_stack.py", "times", "original.h5");
    record("copy.h5", new String[0], "--source", "hdf5:original.h5", "--speed", speed);
    judge("check_replay.py", "original.h5", "copy.h5", "30");
    judge("check_rhythm.py", "copy.h5", speed);
  }

  @Test
  void theWholePipelineRunsFromARecording() throws Exception {
    record(
        "original.h5",
        new String[] {"--compression", "gzip"},
        "--source",
        "video:" + Footage.file(),
        "--frames",
        "50",
        "--fps",
        "max");
    Path results = Files.createDirectory(directory.resolve("results"));
    try (Pipeline pipeline =
        new Pipeline(results)
            .sink("--out", "spectra.h5")
            .transform(2, "--output", "complex")
            .recorder()
            .publisher(2, "--source", "hdf5:../original.h5", "--fps", "max", "--lossless")
            .start()) {
      assertThat(pipeline.awaitExits().values()).as(pipeline.output()).containsOnly(0);
    }
    for (String report : new String[] {"publish", "record", "ventilate", "sink"}) {
      JsonNode json = new ObjectMapper().readTree(results.resolve(report + ".json").toFile());
      assertThat(json.get("frames").asInt()).as(report).isEqualTo(50);
      assertThat(json.get("missing").asInt()).as(report).isZero();
    }
    judge("check_spectra.py", "original.h5", "results/spectra.h5", "1e-6");
    verify("results/spectra.h5");
    try (Program python =
        Python.start(
            directory,
            """
            import h5py, numpy as np
            old, new = h5py.File('original.h5')['entry/data'], h5py.File('results/spectra.h5')
            data = new['entry/data']
            assert np.array_equal(data['recorded_frame_number'][:], old['frame_number'][:])
            assert np.array_equal(data['recorded_timestamp_ns'][:], old['timestamp_ns'][:])
            assert 'recorded_frame' not in new['entry/stream'].attrs
            """)) {
      assertThat(python.awaitExit()).as(python.output()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"areadetector, /entry/data/data, false", "lzf, /scan/images, true"})
  void stacksOfOthersAreSentLikeACamera(String kind, String dataset, boolean named) {
    judge("make_stack.py", kind, "stack.h5");
    record("copy.h5", new String[0], "--source", "hdf5:stack.h5" + (named ? "#" + dataset : ""));
    judge("check_foreign.py", "stack.h5", dataset, "copy.h5");
    verify("copy.h5");
  }

  @Test
  void aDamagedFrameIsNamedAndThoseBeforeItAreSent() {
    judge("make_stack.py", "areadetector", "stack.h5");
    try (Program python =
        Python.start(
            directory,
            """
            import h5py
            chunk = h5py.File('stack.h5')['entry/data/data'].id.get_chunk_info(8)
            with open('stack.h5', 'r+b') as file:
                file.seek(chunk.byte_offset)
                file.write(bytes([255]) * 50)
            """)) {
      assertThat(python.awaitExit()).as(python.output()).isZero();
    }
    try (Pipeline pipeline =
        new Pipeline(directory)
            .recorder()
            .publisher(1, "--source", "hdf5:stack.h5", "--lossless")
            .start()) {
      assertThat(pipeline.program("record").awaitExit()).as(pipeline.output()).isZero();
      assertThat(pipeline.program("publish").awaitExit()).as(pipeline.output()).isOne();
      assertThat(pipeline.program("publish").output().lines())
          .filteredOn(line -> line.startsWith("frameline: "))
          .singleElement()
          .asString()
          .contains("stack.h5: cannot read frame 8, row 8 of /entry/data/data");
      assertThat(pipeline.program("record").output()).contains("recorded 8 frames, 0 missing");
    }
  }
}
