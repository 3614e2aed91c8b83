package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.frameline.program.ExitCode;
import org.frameline.protocol.ring.RingDirectory;
import org.frameline.testing.Program;
import org.frameline.testing.Python;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The benchmark as a user runs it, with all its processes. Needs the machine for itself. */
@Tag("alone")
@Timeout(240)
class BenchIT {
  /** That it loses nothing below the prediction is no question of how fast the machine is. */
  private static final List<String> SMALL = List.of("--size", "320x240", "--format", "Mono8");

  private static final String READ_PAGE =
      """
      import html.parser
      class Reader(html.parser.HTMLParser):
          open, outside, curves, rows = [], [], 0, 0
          def handle_starttag(self, tag, attrs):
              if tag not in ("meta", "link"): self.open.append(tag)
              self.curves += tag == "path"
              self.rows += tag == "tr"
              self.outside += [v for n, v in attrs if n in ("src", "href") and not v.startswith("data:")]
          def handle_startendtag(self, tag, attrs):
              self.handle_starttag(tag, attrs)
              if self.open and self.open[-1] == tag: self.open.pop()
          def handle_endtag(self, tag): assert self.open.pop() == tag, tag
      reader = Reader()
      reader.feed(open("bench.html", encoding="utf-8").read())
      print(reader.open, reader.outside, reader.curves > 10, reader.rows > 9)
      """;

  @TempDir Path folder;
  private Path recordings;
  private Set<String> ringsBefore;

  @BeforeEach
  void look() throws IOException {
    recordings = Files.createDirectory(folder.resolve("recordings"));
    ringsBefore = rings();
  }

  private static Set<String> rings() throws IOException {
    try (Stream<Path> files = Files.list(RingDirectory.find().path())) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private Program bench(String... options) {
    List<String> command = Stream.concat(SMALL.stream(), Stream.of(options)).toList();
    return Program.frameline(
        folder,
        Stream.concat(Stream.of("bench", "--dir", recordings.toString()), command.stream())
            .toArray(String[]::new));
  }

  private boolean isWritingToTheDisk() throws IOException {
    try (Stream<Path> files = Files.walk(recordings)) {
      return files.anyMatch(file -> file.endsWith("disk.bin"));
    }
  }

  private void requireNothingLeft() throws IOException {
    assertThat(recordings).isEmptyDirectory();
    assertThat(rings()).isSubsetOf(ringsBefore);
  }

  @Test
  void predictsACameraThatLosesNothingAndTellsEverythingItFound() throws Exception {
    int exit;
    try (Program bench =
        bench("--seconds", "20", "--prove", "--json", "bench.json", "--html", "bench.html")) {
      exit = bench.awaitExit(Duration.ofSeconds(200));
      assertThat(exit).as(bench.output()).isIn(ExitCode.DONE, ExitCode.FRAMES_MISSING);
      assertThat(bench.output()).contains("This machine publishes, transforms and records 320x240");
    }
    requireNothingLeft();
    JsonNode report = new ObjectMapper().readTree(folder.resolve("bench.json").toFile());
    for (String section : List.of("memory", "disk", "transport", "fft", "pipeline")) {
      assertThat(report.get(section)).as(section).isNotEmpty();
      report
          .get(section)
          .forEach(
              figure -> assertThat(figure.get("per_second").get("median").asDouble()).isPositive());
    }
    requireConsistent(report);
    // Other programs may have slowed the publisher down since the prediction; nothing else may be.
    long notTaken = report.get("proof").get(0).get("not_taken").asLong();
    assertThat(exit == ExitCode.FRAMES_MISSING).isEqualTo(notTaken > 0);
    assertThat(Python.runIn(folder, READ_PAGE)).isEqualTo("[] [] True True");
  }

  /** The prediction is what was measured, and was tried at the rates that it stands for. */
  private static void requireConsistent(JsonNode report) {
    JsonNode prediction = report.get("prediction");
    double predicted = prediction.get("frames_per_second").asDouble();
    JsonNode pipeline = report.get("pipeline");
    JsonNode recorded = pipeline.get(pipeline.size() - 1);
    assertThat(recorded.get("recorder").asBoolean()).isTrue();
    assertThat(predicted)
        .isPositive()
        .isLessThanOrEqualTo(recorded.get("per_second").get("low").asDouble());
    assertThat(prediction.get("workers")).isEqualTo(recorded.get("workers"));
    JsonNode below = report.get("proof").get(0);
    assertThat(below.get("share").asDouble()).isEqualTo(0.9);
    assertThat(below.get("asked_per_second").asDouble()).isEqualTo(0.9 * predicted);
    assertThat(below.get("published").asLong()).isEqualTo((long) Math.ceil(9 * predicted));
    assertThat(below.get("not_recorded").asLong()).isZero();
    assertThat(below.get("not_transformed").asLong()).isZero();
    assertThat(report.get("proof").get(1).get("share").asDouble()).isEqualTo(1.3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"disk", "transport", "pipeline"})
  void leavesNoProcessAndNoFileAfterCtrlC(String section) throws Exception {
    try (Program bench = bench("--only", section, "--seconds", "60")) {
      if (section.equals("disk")) {
        Awaitility.await().atMost(Program.PATIENCE).until(this::isWritingToTheDisk);
      } else {
        Awaitility.await().atMost(Program.PATIENCE).until(() -> !rings().equals(ringsBefore));
      }
      List<ProcessHandle> children = bench.descendants();
      assertThat(children.isEmpty()).isEqualTo(section.equals("disk"));
      bench.signal("INT");
      assertThat(bench.awaitExit(Duration.ofSeconds(20))).as(bench.output()).isEqualTo(1);
      assertThat(bench.output())
          .contains("frameline: stopped before everything was measured")
          .doesNotContain("Exception");
      assertThat(children).noneMatch(ProcessHandle::isAlive);
    }
    requireNothingLeft();
  }

  @Test
  void aDiskWithoutRoomIsOneLine() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Program.start(folder, "mount", "-t", "tmpfs", "-o", "size=6M", "tmpfs", disk.toString())
        .endsWith(0);
    try (Program bench = Program.frameline(folder, "bench", "--dir", disk.toString())) {
      assertThat(bench.endsWith(1).lines().filter(line -> line.startsWith("frameline: ")))
          .singleElement()
          .asString()
          .contains("--dir: expected more than 0.1 GB free in " + disk + ", found 0.0 GB");
      assertThat(disk).isEmptyDirectory();
    } finally {
      Program.start(folder, "umount", "-l", disk.toString()).endsWith(0);
    }
  }
}
