package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.frameline.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every process tells its counts, while it runs and at the end, and they add up. */
class LedgerIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;

  private Pipeline pipeline(String... publisherOptions) {
    List<String> options = new ArrayList<>(List.of("--size", "64x48", "--fps", "50"));
    options.addAll(List.of(publisherOptions));
    return new Pipeline(directory)
        .sink()
        .transform(2)
        .recorder()
        .publisher(2, options.toArray(String[]::new))
        .start();
  }

  private Program ask(String... arguments) {
    Program status = Program.frameline(directory, arguments);
    status.awaitExit();
    return status;
  }

  private JsonNode all() throws IOException {
    try (Program status = ask("status", "--all", "--json")) {
      String output = status.output();
      return JSON.readTree(output.substring(output.indexOf('{')));
    }
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    List<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    return all.stream();
  }

  @Test
  void oneTableShowsTheLedgerOfAllWhileTheyRun() throws IOException {
    try (Pipeline pipeline = pipeline()) {
      pipeline.program("record").awaitOutput("recording: ");
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .untilAsserted(
              () -> {
                JsonNode streams = all().get("streams");
                assertThat(streams.size()).isEqualTo(1);
                List<String> programs =
                    elements(streams.get(0).get("processes"))
                        .filter(process -> process.get("processed").asLong() > 0)
                        .map(process -> process.get("program").asText())
                        .toList();
                assertThat(programs)
                    .containsExactlyInAnyOrder(
                        "publish", "record", "ventilate", "fft", "fft", "sink");
              });
      try (Program status = ask("status", "--all")) {
        assertThat(status.output())
            .contains("published", "recorded", "dealt out", "transformed", "pending")
            .doesNotContain("NO ANSWER");
      }

      pipeline.program("record").signal("STOP");
      try (Program status = ask("status", "--all")) {
        assertThat(status.awaitExit()).isEqualTo(1);
        assertThat(status.output()).contains("NO ANSWER from record ").contains("published");
      }
      pipeline.program("record").signal("CONT");

      pipeline.program("fft-1").signal("KILL");
      pipeline.program("fft-1").awaitExit();
      assertThat(elements(all().get("processes")).map(process -> process.get("program").asText()))
          .as("the killed one is gone from the table")
          .filteredOn("fft"::equals)
          .hasSize(1);
    }
  }

  @Test
  void everyProgramEndsOnStopAndTakesItsFileAway() throws IOException {
    try (Pipeline pipeline = pipeline()) {
      pipeline.program("record").awaitOutput("recording: ");
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .untilAsserted(
              () ->
                  assertThat(
                          elements(all().get("processes"))
                              .filter(it -> it.get("answered").asBoolean()))
                      .hasSize(6));
      List<String> controls =
          elements(all().get("processes")).map(it -> it.get("control").asText()).toList();
      for (String control : controls) {
        try (Program stop = ask("stop", "--control", control)) {
          // One whose neighbours were stopped before may have ended already.
          if (stop.awaitExit() != 0) {
            assertThat(elements(all().get("processes")).map(it -> it.get("control").asText()))
                .as(stop.output())
                .doesNotContain(control);
          }
        }
      }
      assertThat(pipeline.awaitExits().values())
          .as(pipeline.output())
          .allSatisfy(code -> assertThat(code).isIn(0, 3));
      assertThat(all().get("processes").size()).isZero();
      try (Stream<Path> files = Files.list(Program.RUNNING)) {
        assertThat(files).isEmpty();
      }
      for (String report : List.of("publish", "record", "ventilate", "fft-1", "fft-2", "sink")) {
        JsonNode json = JSON.readTree(directory.resolve(report + ".json").toFile());
        assertThat(json.get("streams").size()).as(report).isPositive();
      }
    }
  }

  @Test
  void reportsAddUpForEveryStream() throws IOException {
    try (Pipeline pipeline = pipeline("--frames", "80")) {
      Map<String, Integer> exits = pipeline.awaitExits();
      assertThat(exits.values()).as(pipeline.output()).containsOnly(0);
    }
    JsonNode published = JSON.readTree(directory.resolve("publish.json").toFile());
    String stream = published.get("stream").asText();
    long transformed = 0;
    for (String report : List.of("publish", "record", "ventilate", "sink", "fft-1", "fft-2")) {
      JsonNode streams = JSON.readTree(directory.resolve(report + ".json").toFile()).get("streams");
      assertThat(streams.size()).as(report).isEqualTo(1);
      JsonNode counts = streams.get(0);
      assertThat(counts.get("stream").asText()).isEqualTo(stream);
      assertThat(counts.get("processed")).isEqualTo(counts.get("received"));
      if (report.startsWith("fft")) {
        transformed += counts.get("processed").asLong();
      } else {
        assertThat(counts.get("processed").asLong() + counts.get("missing").asLong())
            .as(report)
            .isEqualTo(80);
      }
    }
    assertThat(transformed).isEqualTo(80);
  }
}
