package org.frameline.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that nobody here wrote, and what they say. */
public final class Programs {
  private static final long TIMEOUT_S = 100;

  /** What a program left: exit code, standard output and standard error. */
  public record Outcome(int exitCode, String out, String err) {}

  private Programs() {}

  /** Runs a Python script with Debian's Python; it must succeed. */
  public static String python(Path folder, String script, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-c", script));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Outcome outcome = run(folder, command);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome.out().strip();
  }

  /** Runs a program to its end. */
  public static Outcome run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("program", ".out");
    Path err = Files.createTempFile("program", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      boolean ended = process.waitFor(TIMEOUT_S, TimeUnit.SECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      Outcome outcome =
          new Outcome(
              ended ? process.exitValue() : -1, Files.readString(out), Files.readString(err));
      assertThat(ended).as("ends within %d s: %s: %s", TIMEOUT_S, command, outcome).isTrue();
      return outcome;
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
