package org.frameline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * One real process; all that it prints is collected. Used by one test, which closes it: what still
 * runs then is killed, with its children.
 */
public final class Program implements AutoCloseable {
  /** How long a test waits for a program. */
  public static final Duration PATIENCE = Duration.ofSeconds(100);

  /** Where the programs under test say that they run; not where the user's own do. */
  public static final Path RUNNING =
      Path.of(System.getenv().getOrDefault("FRAMELINE_RUNTIME_DIR", "target/running"));

  private final String name;
  private final Process process;
  private final StringBuilder printed = new StringBuilder();
  private final Thread reader;

  private Program(String name, Process process) {
    this.name = name;
    this.process = process;
    reader = new Thread(this::read, "output of " + name);
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts a command in a folder. */
  public static Program start(Path folder, List<String> command) {
    return start(folder, command.get(0), Map.of(), command);
  }

  public static Program start(Path folder, String... command) {
    return start(folder, Arrays.asList(command));
  }

  /**
   * The same with a name for failures, and with variables besides those of this process.
   *
   * @param name what failures call it
   * @param environment values by the names of variables
   */
  public static Program start(
      Path folder, String name, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      return new Program(name, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts {@code frameline}, as it was built last, with these arguments in a folder. */
  public static Program frameline(Path folder, String... arguments) {
    return frameline(folder, "", arguments);
  }

  /** The same with options for Java, such as {@code -Xmx128m}. */
  public static Program frameline(Path folder, String javaOptions, String[] arguments) {
    // A test run in the background of a shell ignores Ctrl-C, and its children would inherit that.
    List<String> command =
        new ArrayList<>(
            List.of("env", "--default-signal=INT", "FRAMELINE_JAVA_OPTS=" + javaOptions));
    command.add(Checkout.file("scripts/frameline").toString());
    command.addAll(Arrays.asList(arguments));
    return start(folder, arguments[0], Map.of(), command);
  }

  /** Runs a command to its end, its standard output and its errors apart. */
  public static Outcome run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("program", ".out");
    Path err = Files.createTempFile("program", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(nothing()))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      boolean ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        kill(process);
      }
      Outcome outcome =
          new Outcome(
              command,
              ended ? process.exitValue() : -1,
              Files.readString(out),
              Files.readString(err));
      assertThat(ended).as("ends within %s: %s", PATIENCE, outcome).isTrue();
      return outcome;
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  public static Outcome run(Path folder, String... command)
      throws IOException, InterruptedException {
    return run(folder, Arrays.asList(command));
  }

  private static File nothing() {
    return new File(File.separatorChar == '/' ? "/dev/null" : "NUL");
  }

  private void read() {
    try (Reader output = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
      char[] some = new char[8192];
      for (int length = output.read(some); length >= 0; length = output.read(some)) {
        synchronized (printed) {
          printed.append(some, 0, length);
        }
      }
    } catch (IOException e) {
      synchronized (printed) {
        printed.append("reading failed: ").append(e);
      }
    }
  }

  /** All that the process printed so far, errors included, without white space at its end. */
  public String output() {
    synchronized (printed) {
      return printed.toString().stripTrailing();
    }
  }

  /** Waits until the process has printed this. */
  public Program awaitOutput(String text) {
    return awaitOutput(text, 1);
  }

  /** Waits until the process has printed this so many times. */
  public Program awaitOutput(String text, int times) {
    Awaitility.await(name + " prints " + text + " " + times + " times")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .failFast(
            name + " still runs",
            () ->
                assertThat(mayPrint() || times(text) >= times)
                    .as("%s ended first:%n%s", name, output())
                    .isTrue())
        .until(() -> times(text) >= times);
    return this;
  }

  private boolean mayPrint() {
    return process.isAlive() || reader.isAlive();
  }

  private int times(String text) {
    String all;
    synchronized (printed) {
      all = printed.toString();
    }
    return all.split(Pattern.quote(text), -1).length - 1;
  }

  /** Waits until the process has printed something, or has ended. */
  public void awaitAnyOutput() {
    Awaitility.await(name + " prints something")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !output().isEmpty() || !isAlive());
  }

  /** The first line that the process prints. */
  public String awaitLine() {
    awaitOutput("\n");
    return output().lines().findFirst().orElse("");
  }

  /** Waits for the end. */
  public int awaitExit() {
    return awaitExit(PATIENCE);
  }

  /** Waits for the end, at most so long. */
  public int awaitExit(Duration patience) {
    if (!endsWithin(patience)) {
      throw new AssertionError(name + " did not end within " + patience + ":\n" + output());
    }
    try {
      reader.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return process.exitValue();
  }

  /** Waits for the end with this exit code and returns all that the process printed. */
  public String endsWith(int exitCode) {
    int found = awaitExit();
    assertThat(found).as("exit code of %s, which printed: %s", name, output()).isEqualTo(exitCode);
    return output();
  }

  /** Whether it ends by itself within this time; what happens then is decided by the caller. */
  public boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** The processes that it started, and theirs. */
  public List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** SIGTERM. */
  public void terminate() {
    // Not by the process itself, which would close its output, with what it says at its end.
    process.toHandle().destroy();
  }

  /** Sends a signal by name, such as INT or STOP. */
  public void signal(String signal) {
    start(Path.of("."), "kill", "-" + signal, Long.toString(pid())).awaitExit();
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
  }

  @Override
  public void close() {
    kill(process);
    awaitExit();
  }
}
