package org.frameline.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs in Python, which read and write our messages with libraries nobody here wrote. */
public final class Python {
  private static final int TIMEOUT_S = 30;

  private Python() {}

  /** Starts a program with {@code arguments} in sys.argv; its stderr goes to ours. */
  public static Process start(String program, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-c", program));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** What a program printed, once it has ended with exit code 0. */
  public static String output(Process process) throws IOException, InterruptedException {
    process.onExit().orTimeout(TIMEOUT_S, TimeUnit.SECONDS).exceptionally(e -> kill(process));
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)).as("the program ends").isTrue();
    assertThat(process.exitValue()).as("exit code; it printed %s", text).isZero();
    return text.strip();
  }

  public static String run(String program, Object... arguments)
      throws IOException, InterruptedException {
    return output(start(program, arguments));
  }

  private static Process kill(Process process) {
    process.destroyForcibly();
    return process;
  }
}
