package org.frameline.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.frameline.program.ProgramException;
import org.frameline.protocol.socket.EndpointException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class FailuresTest {
  private final StringWriter err = new StringWriter();

  /** A command that does as it is told. */
  @Command(name = "try")
  private static final class Try implements Callable<Integer> {
    @Option(names = "--count")
    private int count;

    private final RuntimeException failure;

    Try(RuntimeException failure) {
      this.failure = failure;
    }

    @Override
    public Integer call() {
      if (failure != null) {
        throw failure;
      }
      return count;
    }
  }

  private int run(RuntimeException failure, String... args) {
    Failures failures = new Failures();
    return new CommandLine(new Try(failure))
        .setErr(new PrintWriter(err, true))
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .execute(args);
  }

  private void requireLines(String... lines) {
    assertThat(err.toString().lines()).containsExactly(lines);
  }

  @Test
  void aCommandThatDoesNotFailHasItsOwnCode() {
    assertThat(run(null, "--count", "3")).isEqualTo(3);
    requireLines();
  }

  @Test
  void aWrongOptionIsOneLineAndAWordOfHelp() {
    assertThat(run(null, "--wrong")).isEqualTo(2);
    requireLines("frameline: Unknown option: '--wrong'", "Try 'try --help'.");
  }

  @Test
  void aWrongValueThatIsFoundLaterReadsTheSame() {
    assertThat(run(ProgramException.usage("--count: expected 1 or more, found 0"))).isEqualTo(2);
    requireLines("frameline: --count: expected 1 or more, found 0", "Try 'try --help'.");
  }

  @Test
  void aFailureIsOneLine() {
    assertThat(run(ProgramException.failed("no camera;\n  plug one in", null))).isEqualTo(1);
    requireLines("frameline: no camera;; plug one in");
  }

  @Test
  void anEndpointInUseIsOneLine() {
    assertThat(run(new EndpointException("cannot bind x", null))).isEqualTo(1);
    requireLines("frameline: cannot bind x");
  }

  @Test
  void aSurpriseIsOneLineToo() {
    assertThat(run(new IllegalStateException("a\r\nb"))).isEqualTo(1);
    requireLines("frameline: this should not have happened: java.lang.IllegalStateException: a; b");
  }
}
