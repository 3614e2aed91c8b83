package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.frameline.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile messages at every bound socket, and bad company, stop nobody and cost no more memory than
 * the messages themselves. {@code -Dhostile.seed=} and {@code -Dhostile.count=} choose the messages
 * and how many there are per socket, {@code -Dhostile.zmtp.count=} how many below those.
 */
class HostileInputIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED =
      Long.getLong("hostile.seed", new Random().nextInt(Integer.MAX_VALUE));
  private static final int COUNT = Integer.getInteger("hostile.count", 400);
  private static final int ZMTP_COUNT = Integer.getInteger("hostile.zmtp.count", 20_000);
  private static final Duration PER_FRAME = Duration.ofMillis(1);
  private static final int MOST_WARNINGS = 60;
  private static final String SMALL_HEAP = "-Xmx128m";

  @TempDir private Path directory;

  @Test
  void carriesOnUnderHostileMessagesAtEveryBoundSocket() throws IOException {
    try (Pipeline pipeline =
        new Pipeline(directory, SMALL_HEAP)
            .sink("--out", "spectra.h5")
            .recorder()
            .transform(1)
            .start()) {
      Endpoints ports = pipeline.ports();
      pipeline.program("record").awaitOutput("recording");
      pipeline.program("ventilate").awaitOutput("1 workers are ready");
      String ventilatorControl = controlOf(pipeline.program("ventilate"));
      String workerControl = controlOf(pipeline.program("fft-1"));
      // Before frames flow: whoever connects to the ventilator is dealt tasks as a worker is.
      attack("pull=" + ports.tasks() + "?raw");

      pipeline.publisher(2, "--size", "160x120", "--fps", "60").start();
      pipeline.program("record").awaitOutput("recording: ");
      attack(
          "sub=" + ports.frames(),
          "req=" + ports.control(),
          "history=" + named(pipeline.program("publish"), "history on "),
          "push=" + ports.results(),
          "req=" + ports.handshake(),
          "req=" + ports.recorderControl(),
          "req=" + ventilatorControl,
          "req=" + workerControl);
      fuzz(
          "sub=" + ports.frames(),
          "req=" + ports.control(),
          "dealer=" + named(pipeline.program("publish"), "history on "),
          "pull=" + ports.tasks(),
          "push=" + ports.results(),
          "req=" + ports.handshake(),
          "req=" + ports.recorderControl(),
          "dealer=" + ventilatorControl,
          "req=" + workerControl);
      stop(ports);
      Map<String, Integer> exits = pipeline.awaitExits();
      assertThat(exits.values()).as(pipeline.output()).containsOnly(0);
      assertThat(pipeline.output()).doesNotContain("OutOfMemory", "Exception", "\tat ");
      for (Program program : pipeline.programs()) {
        assertThat(program.output().lines().filter(line -> line.contains(" WARN ")).count())
            .as(program.output())
            .isLessThan(MOST_WARNINGS);
      }
    }
    String stream = report("publish").get("stream").asText();
    long published = report("publish").get("frames").asLong();
    for (String consumer : List.of("record", "ventilate", "sink")) {
      JsonNode counts = countsOf(consumer, stream);
      assertThat(counts.get("processed").asLong()).as(consumer).isEqualTo(published);
      assertThat(counts.get("missing").asLong()).as(consumer).isZero();
    }
    assertThat(report("sink").get("malformed").asLong()).isGreaterThan(COUNT / 6);
    JsonNode sink = report("sink");
    assertThat(sink.get("strange").asLong()).isPositive();
    assertThat(sink.get("missing").asLong()).isZero();
    assertThat(sink.get("frames").asLong()).isEqualTo(published);
    requireAllSpectra(published);
    assertThat(report("publish").get("malformed").asLong()).isPositive();
    for (String asked : List.of("record", "ventilate", "fft-1", "sink")) {
      assertThat(report(asked).get("refused_requests").asLong()).as(asked).isPositive();
    }
  }

  /** Each frame once, and nothing else; but a file that strangers sent to is not vouched for. */
  private void requireAllSpectra(long published) {
    try (Program judge =
            Judges.start(
                directory, "check_exactly_once.py", "spectra.h5", Long.toString(published));
        Program verify = Program.frameline(directory, "verify", "spectra.h5")) {
      assertThat(judge.awaitExit()).as(judge.output()).isZero();
      assertThat(verify.awaitExit()).as(verify.output()).isEqualTo(3);
      assertThat(verify.output()).contains("disturbed", published + " frames, 0 missing");
    }
  }

  @Test
  void aGoodSubscriberKeepsItsFramesInBadCompany() throws IOException {
    try (Pipeline pipeline =
        new Pipeline(directory, SMALL_HEAP)
            .sink()
            .recorder()
            .transform(1)
            .publisher(2, "--size", "160x120", "--format", "Mono8", "--fps", "60")
            .start()) {
      Endpoints ports = pipeline.ports();
      pipeline.program("record").awaitOutput("recording: ");
      try (Program crowd =
          Judges.start(
              directory,
              "crowd.py",
              ports.frames(),
              ports.control(),
              ports.results(),
              ports.handshake(),
              ports.recorderControl(),
              "--crowd",
              Integer.toString(Integer.getInteger("hostile.crowd", 200)))) {
        assertThat(crowd.awaitExit()).as(crowd.output()).isZero();
        System.out.println(crowd.output());
        JsonNode figures = JSON.readTree(crowd.output().lines().reduce((a, b) -> b).orElseThrow());
        assertThat(figures.get("missing").asLong()).as(crowd.output()).isZero();
        assertThat(figures.get("crowded").asDouble()).as(crowd.output()).isPositive();
      }
      stop(ports);
      assertThat(pipeline.awaitExits().values()).as(pipeline.output()).containsOnly(0);
    }
    long published = report("publish").get("frames").asLong();
    for (String consumer : List.of("record", "ventilate", "sink")) {
      assertThat(report(consumer).get("frames").asLong()).as(consumer).isEqualTo(published);
      assertThat(report(consumer).get("missing").asLong()).as(consumer).isZero();
    }
  }

  private void stop(Endpoints ports) {
    try (Program stop = Program.frameline(directory, "stop", "--control", ports.control())) {
      assertThat(stop.awaitExit()).as(stop.output()).isZero();
    }
  }

  /** Where a program answers whose port the system chose. */
  private static String controlOf(Program program) {
    return named(program, "control on ");
  }

  /** The word that follows these in its log. */
  private static String named(Program program, String before) {
    return program
        .awaitOutput(before)
        .output()
        .lines()
        .filter(line -> line.contains(before))
        .map(line -> line.substring(line.indexOf(before) + before.length()).strip())
        .map(rest -> rest.split("[, ]", 2)[0])
        .findFirst()
        .orElseThrow();
  }

  private void attack(String... sockets) {
    List<String> arguments =
        new ArrayList<>(List.of("--seed", Long.toString(SEED), "--count", Integer.toString(COUNT)));
    arguments.addAll(List.of(sockets));
    try (Program garbage =
        Judges.start(directory, "send_garbage.py", arguments.toArray(String[]::new))) {
      assertThat(garbage.awaitExit()).as(garbage.output()).isZero();
      System.out.println(garbage.output());
    }
  }

  /** Sends what is no ZMTP, or hardly. */
  private void fuzz(String... sockets) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--seed", Long.toString(SEED), "--count", Integer.toString(ZMTP_COUNT)));
    arguments.addAll(List.of(sockets));
    Duration patience = PER_FRAME.multipliedBy((long) ZMTP_COUNT * sockets.length);
    try (Program fuzz = Judges.start(directory, "fuzz_zmtp.py", arguments.toArray(String[]::new))) {
      assertThat(fuzz.awaitExit(Program.PATIENCE.plus(patience))).as(fuzz.output()).isZero();
      System.out.println(fuzz.output());
    }
  }

  private JsonNode report(String program) throws IOException {
    return JSON.readTree(directory.resolve(program + ".json").toFile());
  }

  private JsonNode countsOf(String program, String stream) throws IOException {
    for (JsonNode counts : report(program).get("streams")) {
      if (counts.get("stream").asText().equals(stream)) {
        return counts;
      }
    }
    throw new AssertionError(program + " counted nothing of " + stream);
  }
}
