package org.frameline.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.frameline.program.StopSignal;
import org.slf4j.LoggerFactory;
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

  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

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
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    ROOT.addAppender(log);
    try {
      CommandLine command =
          Frameline.commandLine(stop)
              .setOut(new PrintWriter(out, true))
              .setErr(new PrintWriter(err, true));
      int code = command.execute(args);
      List<String> said = new ArrayList<>(err.toString().lines().toList());
      log.list.stream()
          .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
          .forEach(event -> said.add(event.getLevel() + " " + event.getFormattedMessage()));
      return new Ending(code, out.toString().lines().toList(), said);
    } finally {
      ROOT.detachAppender(log);
    }
  }

  static String freeEndpoint() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "tcp://127.0.0.1:" + free.getLocalPort();
    }
  }
}
