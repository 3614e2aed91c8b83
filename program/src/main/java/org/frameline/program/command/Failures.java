package org.frameline.program.command;

import java.io.PrintWriter;
import org.frameline.program.ExitCode;
import org.frameline.program.ProgramException;
import org.frameline.protocol.Printable;
import org.frameline.protocol.socket.EndpointException;
import org.frameline.protocol.socket.NetworkFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * How every command is run: what it prints is {@link Printable}, and whatever goes wrong in it,
 * also an {@link Error}, becomes one line on stderr and an exit code.
 */
public final class Failures
    implements CommandLine.IExecutionStrategy,
        CommandLine.IParameterExceptionHandler,
        CommandLine.IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final long MIB = 1L << 20;

  /** The same command line, which runs its commands so. */
  public static CommandLine handledIn(CommandLine commandLine) {
    Failures failures = new Failures();
    return commandLine
        .setExecutionStrategy(failures)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  /** From now on a thread that ends by a surprise is one line of the log, too. */
  public static void tellOfThreads() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          LOG.error(
              "the thread {} has ended: {}",
              thread.getName(),
              failure instanceof Error error ? words(error) : surprise(failure));
          LOG.debug("what ended it", failure);
        });
  }

  @Override
  public int execute(CommandLine.ParseResult parsed) {
    // Help is our own text, and may be in colours.
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    CommandLine root = parsed.commandSpec().root().commandLine();
    root.setOut(printable(root.getOut())).setErr(printable(root.getErr()));
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (Error e) {
      root.getErr().println("frameline: " + words(e));
      LOG.debug("an error", e);
      return ExitCode.FAILED;
    }
  }

  private static PrintWriter printable(PrintWriter writer) {
    return writer instanceof PrintableWriter ? writer : new PrintableWriter(writer);
  }

  /** What an error means to a user. */
  private static String words(Error error) {
    if (error instanceof OutOfMemoryError) {
      return String.format(
          "not enough memory: Java may use %d MiB (%s); FRAMELINE_JAVA_OPTS=-Xmx4g allows 4 GiB, and"
              + " 'frameline verify' tells whether a file is damaged",
          Runtime.getRuntime().maxMemory() / MIB, oneLine(error.getMessage()));
    }
    if (error instanceof StackOverflowError) {
      return "something is nested too deeply; 'frameline verify' tells whether a file is damaged";
    }
    return surprise(error);
  }

  @Override
  public int handleParseException(CommandLine.ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println("frameline: " + oneLine(failure.getMessage()));
    suggestHelp(command);
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (failure instanceof ProgramException known) {
      err.println("frameline: " + oneLine(known.getMessage()));
      if (known.exitCode() == ExitCode.USAGE) {
        suggestHelp(command);
      }
      return known.exitCode();
    }
    if (failure instanceof EndpointException || failure instanceof NetworkFailedException) {
      err.println("frameline: " + oneLine(failure.getMessage()));
      return ExitCode.FAILED;
    }
    err.println("frameline: " + surprise(failure));
    LOG.debug("unexpected failure", failure);
    return ExitCode.FAILED;
  }

  private static String surprise(Throwable failure) {
    return "this should not have happened: " + oneLine(failure.toString());
  }

  private static void suggestHelp(CommandLine command) {
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
  }

  private static String oneLine(String message) {
    return Printable.line(String.valueOf(message).replaceAll("\\s*\\R\\s*", "; "));
  }
}
