package org.frameline.analysis;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.frameline.program.command.Failures;
import picocli.CommandLine;

/** Runs a command as {@code frameline} does, and keeps all it says. Without state. */
public final class Commands {
  /**
   * How a command ended.
   *
   * @param code its exit code
   * @param out lines on stdout
   * @param err lines on stderr
   */
  public record Ending(int code, List<String> out, List<String> err) {}

  private Commands() {}

  public static Ending run(Callable<Integer> command, Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Failures.handledIn(new CommandLine(command))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(Stream.of(args).map(Object::toString).toArray(String[]::new));
    return new Ending(code, out.toString().lines().toList(), err.toString().lines().toList());
  }
}
