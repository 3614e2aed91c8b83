package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.frameline.testing.CutLink;
import org.frameline.testing.FreePorts;
import org.frameline.testing.Program;
import org.frameline.testing.Python;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files from one process to another. {@code -Dframeline.kills=20} kills the fetching one more
 * often, {@code -Dframeline.seed=N} at the same bytes again. Mounts a small disk, for which it must
 * run as root.
 */
class TransferIT {
  private static final int KILLS = Integer.getInteger("frameline.kills", 2);
  private static final String SMALL_HEAP = "-Xmx64m";
  private static final int MIB = 1 << 20;
  private static final Duration LOOK = Duration.ofMillis(2);

  private static final String SHA256 =
      "import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], 'rb').read()).hexdigest())";

  private final long seed = Long.getLong("frameline.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final int port = FreePorts.one();
  private final String control = FreePorts.endpoint();
  private final List<Program> programs = new ArrayList<>();

  @TempDir private Path folder;
  private Path there;
  private Path here;

  @BeforeEach
  void serve() throws IOException {
    System.out.println("fetching: seed " + seed);
    there = Files.createDirectory(folder.resolve("there"));
    here = Files.createDirectory(folder.resolve("here"));
    start("serve", "there", "--bind", "tcp://127.0.0.1:" + port, "--control-bind", control)
        .awaitOutput("serving");
  }

  @AfterEach
  void endAll() {
    programs.forEach(Program::close);
  }

  private Program start(String... arguments) {
    Program program = Program.frameline(folder, SMALL_HEAP, arguments);
    programs.add(program);
    return program;
  }

  private Program fetch(int from, String name, String... more) {
    List<String> all =
        new ArrayList<>(List.of("fetch", "127.0.0.1:" + from, name, "--out", here.toString()));
    all.addAll(List.of(more));
    return start(all.toArray(String[]::new));
  }

  private Path write(String name, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    random.nextBytes(content);
    return Files.write(there.resolve(name), content);
  }

  private static void awaitSize(Path file, long bytes) {
    Awaitility.await(file + " has " + bytes + " bytes")
        .atMost(Program.PATIENCE)
        .pollInterval(LOOK)
        .until(() -> Files.exists(file) && Files.size(file) >= bytes);
  }

  @Test
  void killedAtAnyByteItGoesOnAndIsNeverHalfUnderItsName() throws Exception {
    int size = (18 + 3 * KILLS) * MIB + 11;
    Path original = write("calibration.npy", size);
    Path part = here.resolve("calibration.npy.part");
    try (CutLink link = new CutLink(port)) {
      link.slowDown(10L * MIB);
      for (int i = 0; i < KILLS; i++) {
        int had = Files.exists(part) ? (int) Files.size(part) : 0;
        int more = 1 + random.nextInt((size - MIB - had) / (KILLS - i));
        Program fetch = fetch(link.port(), "calibration.npy");
        awaitSize(part, had + more);
        // It cannot be ready before the kill comes.
        link.cut();
        fetch.signal("KILL");
        assertThat(fetch.awaitExit()).as(fetch.output()).isEqualTo(137);
        link.restore();
        assertThat(here.resolve("calibration.npy")).doesNotExist();
      }
    }
    fetch(port, "calibration.npy").endsWith(0);
    assertThat(here).isDirectoryNotContaining("glob:**.part");
    assertThat(Python.run(SHA256, here.resolve("calibration.npy")))
        .isEqualTo(Python.run(SHA256, original))
        .hasSize(64);
    assertThat(fetch(port, "calibration.npy").endsWith(0)).contains("is there already");

    assertThat(start("status", "--control", control).endsWith(0))
        .contains("program: serve", "refused_questions: 0");
    assertThat(start("status", "--all").endsWith(0)).contains("without frames: serve");
    start("stop", "--control", control).endsWith(0);
    programs.get(0).endsWith(0);
  }

  @Test
  void aRecordingIsFetchedWhileItGrowsAndToItsEnd() throws Exception {
    long early;
    try (Pipeline pipeline =
        new Pipeline(there)
            .recorder("--checkpoint", "200ms", "--checksum", "fletcher32")
            .publisher(
                1,
                "--source",
                "synthetic:ramp",
                "--format",
                "Mono8",
                "--size",
                "320x240",
                "--fps",
                "60")
            .start()) {
      awaitSize(there.resolve("recording.h5"), MIB + 20 * 320 * 240);
      assertThat(fetch(port, "recording.h5").endsWith(3)).contains("still being recorded");
      Path snapshot = Files.move(here.resolve("recording.h5"), here.resolve("snapshot.h5"));
      Survivors.Content content = Survivors.check(folder, List.of(snapshot), 3).get(0);
      early = content.frames();
      assertThat(content.missing()).isZero();

      Program follower = fetch(port, "recording.h5", "--follow");
      follower.awaitOutput("waiting for the end of recording.h5");
      start("stop", "--control", pipeline.ports().control()).endsWith(0);
      pipeline.program("record").endsWith(0);
      follower.endsWith(0);
    }
    Path whole = here.resolve("recording.h5");
    assertThat(Files.mismatch(there.resolve("recording.h5"), whole)).isEqualTo(-1);
    assertThat(Survivors.check(folder, List.of(whole), 0).get(0).frames()).isGreaterThan(early);
  }

  @Test
  void aDiskThatFillsUpIsOneLineAndWhatIsThereIsOfUse() throws Exception {
    Path original = write("a.npy", 5 * MIB);
    write("large.npy", 8 * MIB);
    run("mount", "-t", "tmpfs", "-o", "size=6M", "tmpfs", here.toString());
    try {
      assertThat(fetch(port, "large.npy").endsWith(1)).contains("large.npy needs 8 MB more");
      try (CutLink link = new CutLink(port)) {
        link.slowDown(2L * MIB);
        Program fetch = fetch(link.port(), "a.npy");
        awaitSize(here.resolve("a.npy.part"), MIB);
        run("sh", "-c", "cat /dev/zero > here/filler || true");
        fetch.endsWith(1);
        assertThat(fetch.output().lines().filter(line -> line.startsWith("frameline: ")))
            .singleElement()
            .asString()
            .contains("a.npy.part: No space left on device; the same command goes on with it");
      }
      assertThat(here.resolve("a.npy")).doesNotExist();
      Files.delete(here.resolve("filler"));
      fetch(port, "a.npy").endsWith(0);
      assertThat(Files.mismatch(original, here.resolve("a.npy"))).isEqualTo(-1);
    } finally {
      run("umount", here.toString());
    }
  }

  @Test
  void hostileMessagesStopNobody() throws Exception {
    Path original = write("a.npy", 3 * MIB);
    String files = "tcp://127.0.0.1:" + port;
    try (Program garbage =
        Judges.start(
            folder,
            "send_garbage.py",
            "--seed",
            Long.toString(Math.floorMod(seed, Integer.MAX_VALUE)),
            "--count",
            "300",
            "files=" + files,
            "req=" + control)) {
      assertThat(garbage.awaitExit()).as(garbage.output()).isZero();
    }
    fetch(port, "a.*").endsWith(0);
    assertThat(Files.mismatch(original, here.resolve("a.npy"))).isEqualTo(-1);
    assertThat(new Control(control).status("refused_questions")).isPositive();
    programs.get(0).terminate();
    assertThat(programs.get(0).endsWith(0)).doesNotContain("OutOfMemory", "Exception", "\tat ");
  }

  private void run(String... command) {
    try (Program program = Program.start(folder, command)) {
      assertThat(program.awaitExit()).as(program.output()).isZero();
    }
  }
}
