package org.frameline.endtoend.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A process whose output goes to a file. Used by the thread of one test, which closes it; closing
 * ends a process that still runs.
 */
final class Running implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String what;
  private final Process process;
  private final Path output;

  private Running(String what, Process process, Path output) {
    this.what = what;
    this.process = process;
    this.output = output;
  }

  /** Starts a line of the shell in a folder; {@code scripts/} means the checkout's. */
  static Running shell(Path folder, String line) throws IOException {
    String there = line.replaceAll("\\bscripts/", "\"\\$FRAMELINE_ROOT\"/scripts/");
    // Not started by 'exec' when there is more than one command in the line.
    String command = there.startsWith("\"") ? "exec " + there : there;
    return start(folder, line, List.of("bash", "-c", command));
  }

  /** Starts a Python program with Debian's interpreter, which has the packages. */
  static Running python(Path folder, String program, String... arguments) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of("/usr/bin/python3", "-u", "-c"));
    command.add(program);
    command.addAll(List.of(arguments));
    return start(folder, "a Python program", command);
  }

  static Running start(Path folder, String what, List<String> command) throws IOException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(Map.of("FRAMELINE_ROOT", Checkout.file("").toString()));
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    Process process = builder.start();
    return new Running(what, process, output);
  }

  String output() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  Running awaitOutput(String text) {
    Awaitility.await(what + " prints " + text)
        .atMost(PATIENCE)
        .until(() -> output().contains(text) || !process.isAlive());
    assertThat(output).as(what).content().contains(text);
    return this;
  }

  /** Waits for the end of the process and returns what it printed. */
  String endsWith(int exitCode) throws IOException, InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("%s ends; so far it printed: %s", what, output())
        .isTrue();
    assertThat(process.exitValue()).as("%s, which printed: %s", what, output()).isEqualTo(exitCode);
    return output();
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
