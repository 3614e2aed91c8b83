package org.frameline.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.frameline.protocol.Endpoint;
import org.frameline.testing.Log;
import org.frameline.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RuntimeDirectoryTest {
  private static final Endpoint CONTROL = Endpoint.parse("tcp://127.0.0.1:5556");

  @TempDir private Path folder;

  private static RunningProcess process(long pid) {
    return new RunningProcess(
        "publish",
        pid,
        "2026-11-21T15:00:00Z",
        ProcessStart.of(pid).orElse("ticks 1"),
        CONTROL,
        "camera_frame");
  }

  private RuntimeDirectory directory() {
    return new RuntimeDirectory(folder.resolve("deep").resolve("running"));
  }

  @Test
  void findsAProcessUntilItsFileIsRemoved() throws IOException {
    RunningProcess self = process(ProcessHandle.current().pid());
    Path file = directory().add(self);
    assertThat(directory().processes()).containsExactly(self);
    RuntimeDirectory.remove(file);
    assertThat(directory().processes()).isEmpty();
  }

  @Test
  void nobodyElseCanLookIntoIt() throws IOException {
    Path file = directory().add(process(ProcessHandle.current().pid()));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void aDirectoryOpenToOthersIsNotUsed() throws IOException {
    Files.createDirectories(folder.resolve("deep/running"));
    Files.setPosixFilePermissions(
        folder.resolve("deep/running"), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> directory().add(process(ProcessHandle.current().pid())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected a directory that nobody else may use, found");
  }

  @Test
  void theFileOfAKilledProcessIsRemovedByWhoeverReadsIt() throws Exception {
    Process sleeper = new ProcessBuilder("sleep", "60").start();
    RunningProcess killed = process(sleeper.pid());
    Path file = directory().add(killed);
    assertThat(directory().processes()).containsExactly(killed);
    sleeper.destroyForcibly();
    assertThat(sleeper.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(directory().processes()).isEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  void aLaterProcessWithTheSameNumberIsAnother() throws IOException {
    RunningProcess self = process(ProcessHandle.current().pid());
    RunningProcess before =
        new RunningProcess(
            self.program(), self.pid(), self.started(), "ticks 1", self.control(), self.about());
    Path file = directory().add(before);
    assertThat(directory().processes()).isEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileThatIsNoneOfOursHarmsNobody() throws IOException {
    RunningProcess self = process(ProcessHandle.current().pid());
    Path file = directory().add(self);
    Files.writeString(file.resolveSibling("broken.json"), "{");
    Files.writeString(file.resolveSibling("list.json"), "[]");
    Files.writeString(file.resolveSibling("empty.json"), "{}");
    assertThat(directory().processes()).containsExactly(self);
  }

  @Test
  void whereNothingRanYetNothingRuns() {
    assertThat(directory().processes()).isEmpty();
  }

  @Test
  void theEnvironmentChoosesTheDirectory() {
    Path temporary = Path.of("/tmp");
    assertThat(choose(Map.of("FRAMELINE_RUNTIME_DIR", "/a", "XDG_RUNTIME_DIR", "/b"), temporary))
        .isEqualTo(Path.of("/a"));
    assertThat(choose(Map.of("XDG_RUNTIME_DIR", "/b"), temporary))
        .isEqualTo(Path.of("/b/frameline"));
    assertThat(choose(Map.of("LOCALAPPDATA", "/c"), temporary))
        .isEqualTo(Path.of("/c/Frameline/run"));
    assertThat(choose(Map.of("XDG_RUNTIME_DIR", ""), temporary))
        .isEqualTo(Path.of("/tmp/frameline-ada"));
  }

  private static Path choose(Map<String, String> environment, Path temporary) {
    return RuntimeDirectory.choose(environment::get, temporary, "ada");
  }

  @Test
  @Timeout(30)
  void whatIsNoFileOfOursIsPassedOverWithAWord() throws Exception {
    RunningProcess self = process(ProcessHandle.current().pid());
    Path file = directory().add(self);
    Path pipe = file.resolveSibling("a-pipe.json");
    Program.run(folder, "mkfifo", pipe.toString()).succeeded();
    Files.createSymbolicLink(file.resolveSibling("a-link.json"), file);
    Files.createDirectory(file.resolveSibling("a-folder.json"));
    Files.writeString(file.resolveSibling("large.json"), " ".repeat(1 << 20));
    try (Log log = Log.of(RuntimeDirectory.class)) {
      assertThat(directory().processes()).containsExactly(self);
      assertThat(log.warnings())
          .hasSize(4)
          .anyMatch(line -> line.contains(pipe + " does not describe a process: expected a file"));
    }
    assertThat(pipe).exists();
  }

  @Test
  void nothingIsBelievedWhereOthersMayWrite() throws IOException {
    Path file = directory().add(process(ProcessHandle.current().pid()));
    Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> directory().processes())
        .isInstanceOf(ProgramException.class)
        .hasMessageContaining("expected a directory that nobody else may use, found");
  }
}
