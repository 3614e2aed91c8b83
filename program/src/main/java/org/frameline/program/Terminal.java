package org.frameline.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What stderr is connected to. */
final class Terminal {
  private static final Path STDERR_LINK = Path.of("/proc/self/fd/2");

  private Terminal() {}

  /**
   * Whether a person watches stderr, so that a line may be drawn over again. Where there is no
   * /proc, the console stands for stderr; from JDK 22 on it is there even when output goes
   * elsewhere, and then NO_PROGRESS helps.
   */
  @SuppressWarnings("SystemConsoleNull")
  static boolean isStderrInteractive() {
    if (System.getenv("NO_PROGRESS") != null) {
      return false;
    }
    try {
      if (Files.isSymbolicLink(STDERR_LINK)) {
        String target = Files.readSymbolicLink(STDERR_LINK).toString();
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
      }
    } catch (IOException e) {
      return false;
    }
    return System.console() != null;
  }
}
