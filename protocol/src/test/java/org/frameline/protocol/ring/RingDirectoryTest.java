package org.frameline.protocol.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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
}
