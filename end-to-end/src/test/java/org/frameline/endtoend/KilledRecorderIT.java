package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.frameline.testing.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * kill -9 of the real recorder at random moments. {@code -Dframeline.kills=100} for more of them,
 * {@code -Dframeline.seed=N} for the same moments again.
 */
class KilledRecorderIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int KILLS = Integer.getInteger("frameline.kills", 2);

  private final long seed = Long.getLong("frameline.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @TempDir private Path folder;

  @BeforeEach
  void tellTheSeed() {
    System.out.println("kills of the recorder: seed " + seed);
  }

  private static Pipeline camera(Path folder) {
    return new Pipeline(folder)
        .publisher(
            0,
            "--source",
            "synthetic:ramp",
            "--format",
            "Mono8",
            "--size",
            "160x120",
            "--fps",
            "150");
  }

  /**
   * Records and kills at a random moment: now and then while the file is being made, mostly after.
   *
   * @param file will be there
   * @param surely not before it is there, so that there is something to judge
   * @return how many frames readers saw in it just before the kill
   */
  private long recordAndKill(Pipeline camera, Path file, boolean surely, String... options) {
    try (Program recorder = recorder(camera, options)) {
      recorder.awaitOutput("recording");
      if (random.nextInt(4) > 0 || surely) {
        Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(file));
      }
      assertThat(recorder.endsWithin(Duration.ofMillis(random.nextInt(1_200))))
          .as(recorder.output())
          .isFalse();
      long checkpointed = Files.exists(file) ? Survivors.frames(file) : 0;
      recorder.signal("KILL");
      assertThat(recorder.awaitExit()).isEqualTo(137);
      return checkpointed;
    }
  }

  private Program recorder(Pipeline camera, String... options) {
    Endpoints ports = camera.ports();
    List<String> command =
        new ArrayList<>(
            List.of("record", "--connect", ports.frames(), "--control", ports.control()));
    command.addAll(List.of("--control-bind", ports.recorderControl(), "--checkpoint", "50ms"));
    command.addAll(Arrays.asList(options));
    return Program.frameline(folder, command.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip"})
  void everyFileOpensAfterAKillAtAnyMoment(String compression) throws IOException {
    Map<Path, Long> checkpointed = new LinkedHashMap<>();
    long published;
    try (Pipeline camera = camera(folder).start()) {
      for (int kill = 0; kill < KILLS; kill++) {
        Path file = folder.resolve("killed" + kill + ".h5");
        long frames =
            recordAndKill(
                camera, file, kill == 0, "--out", file.toString(), "--compression", compression);
        if (Files.exists(file)) {
          checkpointed.put(file, frames);
        }
      }
      camera.program("publish").terminate();
      assertThat(camera.program("publish").awaitExit()).isZero();
      published =
          new ObjectMapper()
              .readTree(folder.resolve("publish.json").toFile())
              .get("frames")
              .asLong();
    }
    assertThat(checkpointed).as("seed %d", seed).isNotEmpty();
    List<Path> files = List.copyOf(checkpointed.keySet());
    List<Survivors.Content> contents = Survivors.check(folder, files, 3);
    long frames = 0;
    long missing = 0;
    for (int i = 0; i < files.size(); i++) {
      frames += contents.get(i).frames();
      missing += contents.get(i).missing();
      assertThat(contents.get(i).frames())
          .as("seed %d, %s", seed, files.get(i))
          .isGreaterThanOrEqualTo(checkpointed.get(files.get(i)));
    }
    System.out.printf(
        "kill -9 of the recorder, %s: seed %d, %d kills, %d frames published, %d files, all open;"
            + " %d frames seen before the kills, %d recorded, %d listed missing%n",
        compression,
        seed,
        KILLS,
        published,
        files.size(),
        checkpointed.values().stream().mapToLong(Long::longValue).sum(),
        frames,
        missing);
  }

  @Test
  void aRecorderThatIsStartedAgainAppendsAndLosesNothingOfBefore() throws IOException {
    Path file = folder.resolve("appended.h5");
    List<Path> copies = new ArrayList<>();
    try (Pipeline camera = camera(folder).start()) {
      for (int kill = 0; kill < KILLS; kill++) {
        String compression = kill % 2 == 0 ? "none" : "gzip";
        recordAndKill(
            camera,
            file,
            kill == 0,
            "--out",
            file.toString(),
            "--append",
            "--compression",
            compression);
        if (Files.exists(file)) {
          copies.add(Files.copy(file, folder.resolve("copy" + kill + ".h5")));
        }
      }
      new Control(camera.ports().control()).awaitAtLeast("published", 200);
      try (Program last =
          recorder(
              camera, "--out", file.toString(), "--append", "--from", "first", "--frames", "200")) {
        assertThat(last.awaitExit()).as(last.output()).isZero();
      }
    }
    copies.add(file);
    List<Survivors.Content> contents = Survivors.check(folder, copies, copies.size() == 1 ? 0 : 3);
    Survivors.Content before = new Survivors.Content(0, 0, 0);
    for (Survivors.Content now : contents.subList(0, copies.size() - 1)) {
      assertThat(now.entries())
          .as("seed %d", seed)
          .isBetween(before.entries(), before.entries() + 1);
      assertThat(now.frames()).as("seed %d", seed).isGreaterThanOrEqualTo(before.frames());
      before = now;
    }
    // What the history still held is in the entry that follows.
    assertThat(contents.get(copies.size() - 1))
        .as("seed %d", seed)
        .isEqualTo(
            new Survivors.Content(before.entries() + 1, before.frames() + 200, before.missing()));
  }

  @Test
  void aRecorderThatIsKilledAndStartedAgainMissesNothing() throws IOException {
    Path file = folder.resolve("resumed.h5");
    try (Pipeline camera = camera(folder).start()) {
      for (int kill = 0; kill < KILLS; kill++) {
        recordAndKill(camera, file, false, "--out", file.toString(), "--append");
      }
      try (Program last =
          recorder(camera, "--out", file.toString(), "--append", "--frames", "300")) {
        assertThat(last.awaitExit()).as(last.output()).isZero();
      }
    }
    try (Program judge = Judges.start(folder, "check_resumed.py", file.toString())) {
      assertThat(judge.awaitExit()).as("seed %d: %s", seed, judge.output()).isZero();
      System.out.printf(
          "recorder killed and started again %d times, seed %d: %s%n", KILLS, seed, judge.output());
    }
  }

  @Test
  void aRotatingRecorderThatIsStartedAgainGoesOnWithTheNextFile() throws Exception {
    Map<Path, byte[]> finished = new HashMap<>();
    try (Pipeline camera = camera(folder).start()) {
      for (int kill = 0; kill < KILLS; kill++) {
        Path next = folder.resolve(String.format(Locale.ROOT, "run_%04d.h5", files().size() + 2));
        recordAndKill(camera, next, false, "--out", "run.h5", "--append", "--rotate-frames", "20");
        for (Map.Entry<Path, byte[]> file : finished.entrySet()) {
          assertThat(file.getKey()).as("seed %d", seed).hasBinaryContent(file.getValue());
        }
        for (Path file : files()) {
          finished.put(file, Files.readAllBytes(file));
        }
      }
    }
    assertThat(finished).as("seed %d", seed).isNotEmpty();
    // All are closed when the last kill came between two files.
    Survivors.check(folder, files(), 0, 3);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".h5")).sorted().toList();
    }
  }
}
