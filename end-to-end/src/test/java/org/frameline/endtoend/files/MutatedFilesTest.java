package org.frameline.endtoend.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.frameline.testing.JavaCommand;
import org.frameline.testing.Program;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every command that reads files, on damaged ones, with 256 MiB of memory: an exit code and a line,
 * no stack trace and no wait without an end. {@code -Dmutated.count=} says on how many per command,
 * {@code -Dmutated.seed=} on the same again.
 */
@Timeout(7_200)
class MutatedFilesTest {
  private static final int COUNT = Integer.getInteger("mutated.count", 30);
  private static final long SEED =
      Long.getLong("mutated.seed", new Random().nextInt(Integer.MAX_VALUE));

  @TempDir private static Path samples;

  @TempDir private Path folder;

  @BeforeAll
  static void makeSamples() throws Exception {
    SampleFiles.make(samples);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "info IN",
        "info --json IN IN",
        "verify IN",
        "copy IN --out OUT.h5 --overwrite",
        "copy IN --out OUT.h5 --overwrite --compression gzip --checksum fletcher32",
        "export IN --out OUT --overwrite",
        "export IN --out OUT.png --contact-sheet --overwrite",
        "export IN --out OUT.mp4 --overwrite",
        "spectrum IN --out OUT.h5 --plots OUT --overwrite",
        "plot IN --out OUT.html --overwrite",
        "publish --source hdf5:IN --fps max --frames 20 --history 4MiB --bind tcp://127.0.0.1:*"
            + " --control-bind tcp://127.0.0.1:* --history-bind tcp://127.0.0.1:*",
        "record --append --out IN --frames 1 --control-bind tcp://127.0.0.1:*",
        "sink --append --out IN --frames 1 --bind tcp://127.0.0.1:* --handshake tcp://127.0.0.1:*"
      })
  void areALineAndAnExitCode(String line) throws Exception {
    Path copies = Files.createDirectory(folder.resolve("samples"));
    try (var files = Files.list(samples)) {
      for (Path sample : files.toList()) {
        Files.copy(
            sample, copies.resolve(sample.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    List<String> words = new ArrayList<>(List.of(folder.toString(), Long.toString(SEED), "0"));
    words.add(Integer.toString(COUNT));
    words.addAll(List.of(line.split(" ")));
    List<String> command = JavaCommand.of(MutatedFiles.class, words.toArray());
    command.add(1, "-Xmx256m");
    Map<String, String> environment =
        Map.of("FRAMELINE_RUNTIME_DIR", folder.resolve("running").toString());
    try (Program mutated = Program.start(Path.of("."), line, environment, command)) {
      int code = mutated.awaitExit(Duration.ofHours(2));
      String said = mutated.output();
      System.out.println("mutated files, seed " + SEED + ", " + line + ": " + said);
      assertThat(said)
          .as("seed %d, %s", SEED, line)
          .contains("DONE {")
          .doesNotContain("FAULT", "HANGS");
      assertThat(code).isZero();
    }
  }
}
