package org.frameline.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.frameline.program.StopSignal;
import org.frameline.testing.Log;
import picocli.CommandLine;

/** Runs commands as a shell would, and keeps all they say. No state. */
final class Shell {

  /**
   * How a command ended.
   *
   * @param out lines on stdout
   * @param err lines on stderr, warnings and errors of the log included
   */
  record Ending(int code, List<String> out, List<String> err) {}

  private Shell() {}

  static Ending run(String... args) {
    return run(new StopSignal(), args);
  }

  /** Runs a line without quotes. */
  static Ending runLine(String line) {
    return run(words(line));
  }

  static String[] words(String line) {
    return Pattern.compile(" +").splitAsStream(line).toArray(String[]::new);
  }

  static Ending run(StopSignal stop, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    try (Log log = Log.ofAll()) {
      CommandLine command =
          Frameline.commandLine(stop)
              .setOut(new PrintWriter(out, true))
              .setErr(new PrintWriter(err, true));
      int code = command.execute(args);
      List<String> said = new ArrayList<>(err.toString().lines().toList());
      said.addAll(log.warnings());
      return new Ending(code, out.toString().lines().toList(), said);
    }
  }
}
