package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** One real process; its output is collected. Used by one test; closing kills what still runs. */
final class Program implements AutoCloseable {
  static final Path ROOT = Path.of(System.getProperty("frameline.root"));
  static final Path FOOTAGE = footage();

  /** Where the programs under test say that they run; not where the user's own do. */
  static final Path RUNNING = Path.of(System.getenv("FRAMELINE_RUNTIME_DIR"));

  private static final String PYTHON = "/usr/bin/python3";
  static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String name;
  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;

  private Program(String name, Path directory, List<String> command) {
    this.name = name;
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reader = new Thread(this::read, "output of " + name);
    reader.start();
  }

  /** Real footage, or the same out of Debian's package opencv-doc. */
  private static Path footage() {
    Path shared = ROOT.resolve("../shared/data/vtest.avi").normalize();
    Path packaged = Path.of("/usr/share/doc/opencv-doc/examples/data/vtest.avi");
    return Files.exists(shared) ? shared : packaged;
  }

  /** Starts {@code frameline} with these arguments in a directory. */
  static Program frameline(Path directory, String... arguments) {
    return frameline(directory, "", arguments);
  }

  /** The same with options for Java, such as {@code -Xmx128m}. */
  static Program frameline(Path directory, String javaOptions, String[] arguments) {
    List<String> command = new ArrayList<>();
    // A test run in the background of a shell ignores Ctrl-C, and its children would inherit that.
    command.addAll(List.of("env", "--default-signal=INT", "FRAMELINE_JAVA_OPTS=" + javaOptions));
    command.add(ROOT.resolve("scripts/frameline").toString());
    command.addAll(Arrays.asList(arguments));
    return new Program(arguments[0], directory, command);
  }

  /** Starts a script of src/test/python in a directory. */
  static Program python(Path directory, String script, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(PYTHON);
    command.add(ROOT.resolve("end-to-end/src/test/python").resolve(script).toString());
    command.addAll(Arrays.asList(arguments));
    return new Program(script, directory, command);
  }

  /** Starts any command in a directory. */
  static Program command(Path directory, String... command) {
    return new Program(command[0], directory, Arrays.asList(command));
  }

  private void read() {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = output.readLine()) != null) {
        synchronized (lines) {
          lines.add(line);
        }
      }
    } catch (IOException e) {
      synchronized (lines) {
        lines.add("reading failed: " + e);
      }
    }
  }

  /** All that the process printed so far. */
  String output() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  /** Waits until the process has printed this. */
  Program awaitOutput(String text) {
    return awaitOutput(text, 1);
  }

  /** Waits until the process has printed this so many times. */
  Program awaitOutput(String text, int times) {
    Awaitility.await(name + " prints " + text + " " + times + " times")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .failFast(
            name + " still runs",
            () ->
                assertThat(process.isAlive() || printed(text) >= times)
                    .as("%s ended first:%n%s", name, output())
                    .isTrue())
        .until(() -> printed(text) >= times);
    return this;
  }

  private int printed(String text) {
    return output().split(Pattern.quote(text), -1).length - 1;
  }

  /** Waits until the process has printed something. */
  void awaitAnyOutput() {
    Awaitility.await(name + " prints something")
        .atMost(PATIENCE)
        .until(() -> !output().isEmpty() || !isAlive());
  }

  /** Waits for the end. */
  int awaitExit() {
    return awaitExit(PATIENCE);
  }

  int awaitExit(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(name + " did not end within " + patience + ":\n" + output());
      }
      reader.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return process.exitValue();
  }

  /** Whether it ends by itself within this time; what happens then is decided by the caller. */
  boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Sends a signal by name, such as INT or STOP. */
  void signal(String signal) {
    command(ROOT, "kill", "-" + signal, Long.toString(pid())).awaitExit();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitExit();
  }
}
