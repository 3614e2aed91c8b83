package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.frameline.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every frame's spectrum reaches the sink's file exactly once, whoever is killed, stopped, late or
 * gone. {@code -Dframeline.kills=N} makes it N kills of workers instead of two.
 */
class ExactlyOnceIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KILLS = Integer.getInteger("frameline.kills", 2);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;
  private final long seed = Long.getLong("frameline.seed", System.nanoTime());
  private final Random random = new Random(seed);

  private Pipeline pipeline(int workers, String dispatch) {
    Pipeline pipeline =
        new Pipeline(directory)
            .sink("--out", "spectra.h5", "--append")
            .ventilator(workers, "--dispatch", dispatch)
            .publisher(1, "--size", "160x120", "--format", "Mono8", "--fps", "60", "--lossless");
    for (int i = 1; i <= workers; i++) {
      worker(pipeline, i, dispatch);
    }
    return pipeline;
  }

  private static void worker(Pipeline pipeline, int number, String dispatch) {
    pipeline.worker("fft-" + number, "--dispatch", dispatch, "--output", "power");
  }

  @ParameterizedTest
  @CsvSource({"push, 2, 1", "credit, 2, 1", "push, 4, 2", "credit, 4, 2"})
  void workersAreKilled(String dispatch, int workers, int killedAtOnce) throws IOException {
    try (Pipeline pipeline = pipeline(workers, dispatch).start();
        SinkStatus sink = new SinkStatus(pipeline)) {
      List<String> alive = new ArrayList<>();
      for (int i = 1; i <= workers; i++) {
        alive.add("fft-" + i);
      }
      int started = workers;
      int kills = 0;
      while (kills < KILLS) {
        sink.awaitMore(5 + random.nextInt(40));
        Collections.shuffle(alive, random);
        List<String> victims = List.copyOf(alive.subList(0, killedAtOnce));
        if (random.nextBoolean()) {
          // So that it has frames in its queues for certain.
          victims.forEach(victim -> pipeline.program(victim).signal("STOP"));
          sink.awaitMore(10);
        }
        victims.forEach(victim -> pipeline.program(victim).close());
        alive.removeAll(victims);
        kills += killedAtOnce;
        for (int i = 0; i < killedAtOnce; i++) {
          worker(pipeline, ++started, dispatch);
          alive.add("fft-" + started);
        }
        pipeline.start();
        sink.awaitReady(alive.stream().map(pipeline::program).toList());
      }
      endSeries(pipeline);
      assertEndsWell(pipeline, alive);
      assertExactlyOnce(dispatch + ": " + killedAtOnce + " of " + workers + " workers", kills);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"push", "credit"})
  void aWorkerIsStoppedUntilAfterTheEnd(String dispatch) throws IOException {
    try (Pipeline pipeline = pipeline(2, dispatch).start();
        SinkStatus sink = new SinkStatus(pipeline)) {
      sink.awaitMore(50);
      pipeline.program("fft-1").signal("STOP");
      endSeries(pipeline);
      assertEndsWell(pipeline, List.of("fft-2"));
      assertThat(pipeline.program("fft-1").isAlive()).isTrue();
      assertExactlyOnce(dispatch + ": stopped worker", 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"push", "credit"})
  void workersJoinAndLeave(String dispatch) throws IOException {
    try (Pipeline pipeline = pipeline(1, dispatch).start();
        SinkStatus sink = new SinkStatus(pipeline)) {
      sink.awaitMore(30);
      worker(pipeline, 2, dispatch);
      pipeline.start();
      Program second = pipeline.program("fft-2");
      sink.awaitReady(List.of(second));
      sink.awaitMore(60);
      pipeline.program("fft-1").terminate();
      assertThat(pipeline.program("fft-1").awaitExit(PATIENCE)).isZero();
      endSeries(pipeline);
      assertEndsWell(pipeline, List.of("fft-2"));
      assertExactlyOnce(dispatch + ": a worker joins, another leaves", 2);
      assertThat(json("sink.json").get("per_worker").size()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"push", "credit"})
  void theSinkIsKilledAndRestarted(String dispatch) throws IOException {
    try (Pipeline pipeline = pipeline(2, dispatch).start()) {
      for (int kill = 0; kill < KILLS; kill++) {
        try (SinkStatus sink = new SinkStatus(pipeline)) {
          sink.awaitMore(20 + random.nextInt(60));
        }
        pipeline.killAndRestart("sink");
      }
      endSeries(pipeline);
      assertEndsWell(pipeline, List.of("fft-1", "fft-2"));
      assertExactlyOnce(dispatch + ": sink", KILLS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"push", "credit"})
  void theVentilatorIsKilledAndRestarted(String dispatch) throws IOException {
    try (Pipeline pipeline = pipeline(2, dispatch).start();
        SinkStatus sink = new SinkStatus(pipeline)) {
      for (int kill = 0; kill < KILLS; kill++) {
        sink.awaitMore(20 + random.nextInt(60));
        pipeline.killAndRestart("ventilate");
      }
      endSeries(pipeline);
      assertEndsWell(pipeline, List.of("fft-1", "fft-2"));
      assertExactlyOnce(dispatch + ": ventilator", KILLS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"push", "credit"})
  void everybodyIsStartedInAnyOrder(String dispatch) throws IOException {
    try (Pipeline pipeline = pipeline(3, dispatch)) {
      String order = pipeline.startInAnyOrder(random).toString();
      endSeries(pipeline);
      assertEndsWell(pipeline, List.of("fft-1", "fft-2", "fft-3"));
      assertExactlyOnce(dispatch + ": order " + order, 1);
    }
  }

  @Test
  void theWaysOfDealingOutAreNotMixedUp() {
    try (Pipeline pipeline =
        new Pipeline(directory).ventilator(1, "--dispatch", "round-robin").start()) {
      assertThat(pipeline.program("ventilate").awaitExit()).isEqualTo(2);
      assertThat(pipeline.program("ventilate").output())
          .contains("--dispatch: expected push or credit, found round-robin");
    }
  }

  private static void endSeries(Pipeline pipeline) {
    try (SinkStatus sink = new SinkStatus(pipeline)) {
      sink.awaitMore(50);
      sink.awaitCaughtUp();
    }
    pipeline.program("publish").terminate();
  }

  private void assertEndsWell(Pipeline pipeline, List<String> workers) {
    List<String> all = new ArrayList<>(List.of("publish", "ventilate", "sink"));
    all.addAll(workers);
    for (String name : all) {
      assertThat(pipeline.program(name).awaitExit(PATIENCE))
          .as("%s, seed %d%n%s", name, seed, pipeline.output())
          .isZero();
    }
  }

  /** Prints a row of the table that the closing note of a release shows. */
  private void assertExactlyOnce(String fault, int times) throws IOException {
    long published = json("publish.json").get("frames").asLong();
    JsonNode sink = json("sink.json");
    assertThat(sink.get("frames").asLong() + sink.get("resumed").asLong()).isEqualTo(published);
    assertThat(sink.get("missing").asLong()).isZero();
    assertThat(sink.get("late").asLong()).isZero();
    JsonNode ventilator = json("ventilate.json");
    assertThat(ventilator.get("missing").asLong()).isZero();
    assertThat(ventilator.get("undelivered").asLong()).isZero();
    try (Program judge =
        Judges.start(directory, "check_exactly_once.py", "spectra.h5", Long.toString(published))) {
      assertThat(judge.awaitExit()).as("seed %d: %s", seed, judge.output()).isZero();
      System.out.printf(
          "%s, %d times: %s; dealt out again %d, dropped by the sink as known %d (seed %d)%n",
          fault,
          times,
          judge.output(),
          ventilator.get("resent").asLong(),
          sink.get("duplicate").asLong(),
          seed);
    }
  }

  private JsonNode json(String file) throws IOException {
    return JSON.readTree(directory.resolve(file).toFile());
  }
}
