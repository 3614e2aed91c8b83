package org.frameline.protocol.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.frameline.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RingDirectoryTest {
  @TempDir private Path shared;
  @TempDir private Path other;

  @Test
  void isForItsUserAloneAndHasOneName() throws IOException {
    RingDirectory directory = RingDirectory.in(shared);
    assertThat(directory.path()).isEqualTo(shared.resolve("frameline-" + user()));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
        .isEqualTo("rwx------");
    assertThat(RingDirectory.in(shared)).isEqualTo(directory);
    assertThat(RingDirectory.in(other).domain()).isNotEqualTo(directory.domain());
  }

  @Test
  void whoComesAtTheSameTimeFindsTheSameName() {
    List<String> names =
        IntStream.range(0, 32).parallel().mapToObj(i -> found()).distinct().toList();
    assertThat(names).hasSize(1);
  }

  private String found() {
    try {
      return RingDirectory.in(shared).domain();
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  @Test
  void oneThatOthersMayUseIsRefused() throws IOException {
    Path directory = Files.createDirectory(shared.resolve("frameline-" + user()));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatIOException()
        .isThrownBy(() -> RingDirectory.in(shared))
        .withMessageContaining("expected a directory that nobody else may use, found");
  }

  @Test
  void aNameThatIsNoneIsRefused() throws IOException {
    RingDirectory directory = RingDirectory.in(shared);
    Files.writeString(directory.path().resolve("domain"), "x");
    assertThatIOException()
        .isThrownBy(() -> RingDirectory.in(shared))
        .withMessageContaining("expected one line with a UUID");
  }

  private static String user() {
    return System.getProperty("user.name");
  }

  /** To open a pipe would wait for who writes to it. */
  @Test
  @Timeout(30)
  void aNameThatIsNoFileOfOursIsRefused() throws Exception {
    Path name = RingDirectory.in(shared).path().resolve("domain");
    Files.delete(name);
    Program.run(shared, "mkfifo", name.toString()).succeeded();
    assertThatIOException()
        .isThrownBy(() -> RingDirectory.in(shared))
        .withMessage(name + ": expected a file, found a named pipe");
    Files.delete(name);
    Files.createSymbolicLink(name, Path.of("/dev/zero"));
    assertThatIOException()
        .isThrownBy(() -> RingDirectory.in(shared))
        .withMessage(name + ": expected a file, found a link");
    Files.delete(name);
    Files.writeString(name, "a".repeat(100_000));
    assertThatIOException()
        .isThrownBy(() -> RingDirectory.in(shared))
        .withMessage(name + ": expected at most 64 bytes");
  }
}
