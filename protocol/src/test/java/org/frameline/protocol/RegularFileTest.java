package org.frameline.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.frameline.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RegularFileTest {
  private static final int MOST = 16;

  @TempDir Path folder;

  private Path pipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    Program.run(folder, "mkfifo", pipe.toString()).succeeded();
    return pipe;
  }

  @Test
  void readsASmallFileOfOurs() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "0123456789abcdef");
    assertThat(new String(RegularFile.readOwn(file, MOST), StandardCharsets.US_ASCII))
        .isEqualTo("0123456789abcdef");
    assertThat(RegularFile.readOwn(Files.createFile(folder.resolve("b")), MOST)).isEmpty();
  }

  @Test
  void refusesALargeOneWithoutReadingIt() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "0123456789abcdefg");
    assertThatIOException()
        .isThrownBy(() -> RegularFile.readOwn(file, MOST))
        .withMessage("expected at most 16 bytes");
  }

  @Test
  void refusesWhatIsNoFile() throws Exception {
    Path pipe = pipe();
    assertRefused(pipe, "a named pipe");
    assertRefused(folder, "a folder");
    assertRefused(folder.resolve("nothing"), "none");
    Path file = Files.createFile(folder.resolve("file"));
    assertRefused(Files.createSymbolicLink(folder.resolve("link"), file), "a link");
    assertThatIOException()
        .isThrownBy(() -> RegularFile.require(pipe))
        .withMessage("expected a file, found a named pipe");
    assertThatIOException()
        .isThrownBy(() -> RegularFile.require(Path.of("/dev/zero")))
        .withMessage("expected a file, found a device");
  }

  private static void assertRefused(Path path, String found) {
    assertThatIOException()
        .isThrownBy(() -> RegularFile.readOwn(path, MOST))
        .withMessage("expected a file, found " + found);
  }

  @Test
  void aFileThatAUserNamesMayBeALinkOrNotThere() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    RegularFile.require(Files.createSymbolicLink(folder.resolve("link"), file));
    RegularFile.require(folder.resolve("nothing"));
  }
}
