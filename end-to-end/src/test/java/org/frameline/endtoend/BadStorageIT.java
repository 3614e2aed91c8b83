package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.frameline.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places to record to that fail. Mounts a small disk, for which it must run as root. */
class BadStorageIT {
  @TempDir private Path folder;

  private static Pipeline recording(Path folder, Path file, String compression) {
    return new Pipeline(folder)
        .recorderTo(file.toString(), "--compression", compression, "--checkpoint", "200ms")
        .publisher(
            1,
            "--source",
            "synthetic:ramp",
            "--format",
            "Mono8",
            "--size",
            "640x480",
            "--fps",
            "60");
  }

  private void run(String... command) {
    try (Program program = Program.start(folder, command)) {
      assertThat(program.awaitExit()).as(program.output()).isZero();
    }
  }

  /** What the user reads at last, without the log. */
  private static List<String> complaints(Program recorder) {
    return recorder.output().lines().filter(line -> line.startsWith("frameline: ")).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip"})
  void aFullDiskIsOneLineAndTheFileKeepsEveryFrame(String compression) throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    run("mount", "-t", "tmpfs", "-o", "size=6M", "tmpfs", disk.toString());
    try {
      Path file = disk.resolve("recording.h5");
      if (compression.equals("gzip")) {
        // Compressed, the ramp would take very long to fill it.
        Files.write(disk.resolve("filler"), new byte[4_500_000]);
      }
      try (Pipeline pipeline = recording(folder, file, compression).start()) {
        Program recorder = pipeline.program("record");
        assertThat(recorder.awaitExit()).as(recorder.output()).isEqualTo(1);
        assertThat(complaints(recorder)).hasSize(1);
        List<Survivors.Content> contents = Survivors.check(folder, List.of(file), 3);
        assertThat(complaints(recorder).get(0))
            .contains(file.toString(), "No space left on device")
            .endsWith("; " + contents.get(0).frames() + " frames are kept");
        assertThat(contents.get(0).frames()).isPositive();
        JsonNode counts =
            new ObjectMapper()
                .readTree(folder.resolve("record.json").toFile())
                .get("streams")
                .get(0);
        long lost = counts.get("dropped").get("not written").asLong();
        assertThat(counts.get("processed").asLong()).isEqualTo(contents.get(0).frames());
        assertThat(counts.get("received").asLong()).isEqualTo(contents.get(0).frames() + lost);
      }
    } finally {
      // Lazily: the buffers that jhdf has mapped go when the garbage collector finds them.
      run("umount", "-l", disk.toString());
    }
  }

  @Test
  void aFolderThatDisappearsIsOneLine() throws Exception {
    Path file = Files.createDirectory(folder.resolve("data")).resolve("recording.h5");
    try (Pipeline pipeline = recording(folder, file, "none").start()) {
      Program recorder = pipeline.program("record");
      recorder.awaitOutput("recording: ");
      run("rm", "-r", folder.resolve("data").toString());
      assertThat(recorder.awaitExit()).as(recorder.output()).isEqualTo(1);
      assertThat(complaints(recorder)).hasSize(1);
      assertThat(complaints(recorder).get(0))
          .contains(file.toString(), "was removed or renamed while it was being written");
    }
  }
}
