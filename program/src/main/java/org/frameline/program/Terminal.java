package org.frameline.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stderr is connected to. Without state. */
final class Terminal {
  private static final Path STDERR_LINK = Path.of("/proc/self/fd/2");
  private static final int USUAL_COLUMNS = 80;
  private static final int MS_TO_ANSWER = 500;

  /** Java cannot ask a terminal for its size; this can, and does not change it. */
  private static final String[] ASK_FOR_SIZE = {"sh", "-c", "stty size <&2 2>/dev/null"};

  private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\d{1,5} (\\d{1,5})");
  private static final Pattern COLUMNS = Pattern.compile("(\\d{1,5})");

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

  /** How wide the terminal on stderr is: as it says itself, else as COLUMNS says, else 80. */
  static int columns() {
    return columns(sizeOfStderr(), System.getenv("COLUMNS"));
  }

  /**
   * The same, from what was found.
   *
   * @param size rows and columns as {@code stty size} prints them; anything else is no answer
   * @param variable the environment's, or null
   */
  static int columns(String size, String variable) {
    int asked = positive(ROWS_AND_COLUMNS, size);
    int told = asked > 0 ? asked : positive(COLUMNS, variable == null ? "" : variable);
    return told > 0 ? told : USUAL_COLUMNS;
  }

  private static int positive(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text.strip());
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static String sizeOfStderr() {
    try {
      Process stty =
          new ProcessBuilder(ASK_FOR_SIZE).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      try (BufferedReader answer = stty.inputReader()) {
        if (!stty.waitFor(MS_TO_ANSWER, TimeUnit.MILLISECONDS)) {
          stty.destroyForcibly();
          return "";
        }
        String line = answer.readLine();
        return line == null ? "" : line;
      }
    } catch (IOException e) {
      // There is no such program, as on Windows.
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
