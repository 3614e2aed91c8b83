package org.frameline.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.frameline.program.ProgramException;
import org.frameline.protocol.socket.EndpointException;
import org.frameline.testing.Log;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

class FailuresTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** A command that does as it is told. */
  @Command(name = "try")
  private static final class Try implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--count")
    private int count;

    private final Throwable failure;

    Try(Throwable failure) {
      this.failure = failure;
    }

    @Override
    public Integer call() throws Exception {
      PrintWriter print = spec.commandLine().getOut();
      print.println("camera: \u001b[2J\nWARN forged");
      print.printf("%s of %d%n", Path.of("a\nb"), 3);
      print.print("{\n  \"a\": \"\u009b\"\n}\n");
      if (failure instanceof Exception exception) {
        throw exception;
      }
      if (failure instanceof Error error) {
        throw error;
      }
      return count;
    }
  }

  private int run(Throwable failure, String... args) {
    return Failures.handledIn(new CommandLine(new Try(failure)))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
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

  @Test
  void anErrorIsOneLineToo() {
    assertThat(run(new OutOfMemoryError("Java heap space"))).isEqualTo(1);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .matches(
            "frameline: not enough memory: Java may use \\d+ MiB \\(Java heap space\\); .*"
                + "'frameline verify' .*");
    err.getBuffer().setLength(0);
    assertThat(run(new StackOverflowError())).isEqualTo(1);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("frameline: something is nested too deeply; ");
    err.getBuffer().setLength(0);
    assertThat(run(new NoClassDefFoundError("org/x"))).isEqualTo(1);
    requireLines("frameline: this should not have happened: java.lang.NoClassDefFoundError: org/x");
  }

  @Test
  void whatAFailureQuotesCannotSteerTheTerminal() {
    run(ProgramException.failed("says: \u001b]0;title\u0007\u2028x", null));
    requireLines("frameline: says: \\u001b]0;title\\u0007; x");
  }

  @Test
  void whatACommandPrintsCannotEither() {
    run(null);
    assertThat(out.toString().lines())
        .containsExactly(
            "camera: \\u001b[2J\\nWARN forged", "a\\nb of 3", "{", "  \"a\": \"\\u009b\"", "}");
  }

  @Test
  void aThreadThatEndsByASurpriseIsALineOfTheLog() throws Exception {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Failures.tellOfThreads();
    try (Log log = Log.of(Failures.class)) {
      Thread thread =
          new Thread(
              () -> {
                throw new IllegalStateException("x");
              },
              "control");
      thread.start();
      thread.join();
      assertThat(log.warnings())
          .singleElement()
          .asString()
          .contains("the thread control has ended: this should not have happened: ", "x");
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }
}
