package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.frameline.testing.Program;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a recorder missed it fetches from the publisher's history. */
class HistoryIT {
  /** How often the recorder is stopped in one run, {@code -Dframeline.stops=20}. */
  private static final int STOPS = Integer.getInteger("frameline.stops", 1);

  /** For how many frames it is stopped, at 60 frames/s; 600 are 10 s. */
  private static final int STOPPED_FRAMES = Integer.getInteger("frameline.stopped.frames", 240);

  private static final int BETWEEN = 60;

  @TempDir private Path directory;

  /** On the publisher's machine it reads the ring; on another it fetches what overflowed. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStoppedRecorderMissesNothing(boolean onItsMachine) throws IOException {
    int frames = BETWEEN + STOPS * (STOPPED_FRAMES + 3 * BETWEEN);
    try (Pipeline pipeline =
        new Pipeline(directory)
            .publisher(
                1,
                "--source",
                "synthetic:ramp",
                "--fps",
                "60",
                "--frames",
                "" + frames,
                "--history",
                "768MiB")
            .start()) {
      Control publisher = new Control(pipeline.ports().control());
      publisher.awaitAtLeast("published", 0);
      if (!onItsMachine) {
        Files.delete(Path.of(publisher.text("ring")));
      }
      pipeline.recorder().start();
      for (int i = 0; i < STOPS; i++) {
        int from = BETWEEN + i * (STOPPED_FRAMES + 3 * BETWEEN);
        publisher.awaitAtLeast("published", from);
        pipeline.program("record").signal("STOP");
        publisher.awaitAtLeast("published", from + STOPPED_FRAMES);
        pipeline.program("record").signal("CONT");
      }
      assertThat(pipeline.awaitExits().values()).as(pipeline.output()).containsOnly(0);
    }
    JsonNode report = json("record.json");
    assertThat(report.get("frames").asInt()).isEqualTo(frames);
    assertThat(report.get("missing").asInt()).isZero();
    assertThat(report.get("duplicate").asInt()).isZero();
    assertThat(report.get(onItsMachine ? "from_ring" : "fetched").asInt()).isPositive();
    assertThat(report.get(onItsMachine ? "fetched" : "from_ring").asInt()).isZero();
    System.out.printf(
        "recorder stopped %d times for %d frames: published %d, recorded %d, missing %d,"
            + " duplicate %d, fetched %d, from the ring %d%n",
        STOPS,
        STOPPED_FRAMES,
        frames,
        report.get("frames").asInt(),
        report.get("missing").asInt(),
        report.get("duplicate").asInt(),
        report.get("fetched").asInt(),
        report.get("from_ring").asInt());
    judge("recording.h5", "entry", 0, frames);
  }

  @RepeatedTest(2)
  void aRecorderThatStartsLateBeginsWhereItWasTold() {
    long seed = new Random().nextLong();
    int from = new Random(seed).nextInt(150);
    System.out.println("late recorder, seed " + seed + ", from frame " + from);
    try (Pipeline pipeline =
        new Pipeline(directory)
            .publisher(0, "--source", "synthetic:ramp", "--size", "160x120", "--fps", "200")
            .start()) {
      new Control(pipeline.ports().control()).awaitAtLeast("published", 150);
      pipeline.recorder("--from", from == 0 ? "first" : "" + from, "--frames", "500").start();
      assertThat(pipeline.program("record").awaitExit()).as(pipeline.output()).isZero();
    }
    judge("recording.h5", "entry", from, 500);
  }

  @Test
  void aPublisherThatIsKilledAndRestartedIsAnotherStream() {
    try (Pipeline pipeline = new Pipeline(directory).recorder().start();
        Pipeline first =
            pipeline
                .sharingPorts(directory)
                .publisher(1, "--source", "synthetic:ramp", "--size", "160x120", "--fps", "100")
                .start()) {
      new Control(pipeline.ports().recorderControl()).awaitAtLeast("frames", 20);
      first.program("publish").close();
      try (Pipeline second =
          pipeline
              .sharingPorts(directory)
              .publisher(
                  0,
                  "--source",
                  "synthetic:ramp",
                  "--size",
                  "160x120",
                  "--fps",
                  "100",
                  "--frames",
                  "300")
              .start()) {
        assertThat(pipeline.program("record").awaitExit()).as(pipeline.output()).isZero();
        assertThat(second.program("publish").awaitExit()).as(second.output()).isZero();
      }
    }
    judge("recording.h5", "entry_2", 0, 300);
  }

  private void judge(String file, String entry, int first, int count) {
    try (Program python =
        Judges.start(directory, "check_ramp.py", file, entry, "" + first, "" + count)) {
      Duration perFrame = Duration.ofMillis(20);
      assertThat(python.awaitExit(Program.PATIENCE.plus(perFrame.multipliedBy(count))))
          .as(python.output())
          .isZero();
    }
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(directory.resolve(name).toFile());
  }
}
