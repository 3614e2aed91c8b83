package org.frameline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProgramTest {
  @TempDir Path folder;

  private Program shell(String line) {
    return Program.start(folder, "bash", "-c", line);
  }

  @Test
  void keepsOutputAndErrorsApartWhenItRunsToItsEnd() throws Exception {
    Outcome outcome = Program.run(folder, "bash", "-c", "pwd; echo wrong >&2; exit 3");
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.out().strip()).isEqualTo(folder.toRealPath().toString());
    assertThat(outcome.err()).isEqualTo("wrong\n");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(outcome::succeeded)
        .withMessageContaining("expected exit code 0, found 3")
        .withMessageContaining("wrong");
  }

  @Test
  void collectsWhatIsPrintedWhileItRuns() {
    try (Program program = shell("echo one; echo two >&2; printf three; read line")) {
      assertThat(program.awaitLine()).isEqualTo("one");
      program.awaitOutput("three");
      assertThat(program.output()).isEqualTo("one\ntwo\nthree");
      assertThat(program.isAlive()).isTrue();
    }
  }

  @Test
  void failsWhenTheProgramEndsBeforeItPrintsWhatIsWaitedFor() {
    try (Program program = shell("echo one")) {
      assertThatExceptionOfType(Throwable.class)
          .isThrownBy(() -> program.awaitOutput("two"))
          .withStackTraceContaining("ended first");
    }
  }

  @Test
  void failsOnAnotherExitCode() {
    try (Program program = shell("echo seven; exit 7")) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> program.endsWith(0))
          .withMessageContaining("seven");
      assertThat(program.endsWith(7)).isEqualTo("seven");
    }
  }

  @Test
  void sendsSignals() {
    try (Program program = shell("trap 'exit 5' INT; echo up; while :; do sleep 0.02; done")) {
      program.awaitOutput("up").signal("INT");
      program.endsWith(5);
    }
  }

  @Test
  void keepsWhatAProgramSaysWhenItIsAskedToEnd() {
    try (Program program =
        shell("trap 'echo bye; exit 5' TERM; echo up; while :; do sleep 0.02; done")) {
      program.awaitOutput("up").terminate();
      assertThat(program.endsWith(5)).isEqualTo("up\nbye");
    }
  }

  @Test
  void closingEndsItAndItsChildren() {
    Program program = shell("sleep 100 & echo up; wait");
    program.awaitOutput("up");
    List<ProcessHandle> children = program.descendants();
    assertThat(children).hasSize(1);
    program.close();
    assertThat(program.isAlive()).isFalse();
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !children.get(0).isAlive());
  }

  @Test
  void hasVariablesOfItsOwn() {
    List<String> command = List.of("bash", "-c", "echo $ANSWER");
    try (Program program = Program.start(folder, "echo", Map.of("ANSWER", "42"), command)) {
      assertThat(program.endsWith(0)).isEqualTo("42");
    }
  }

  @Test
  void pythonGetsItsArguments() throws Exception {
    assertThat(Python.run("import sys; print(sys.argv[1:])", 1, "two")).isEqualTo("['1', 'two']");
  }
}
