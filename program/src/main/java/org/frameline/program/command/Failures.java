package org.frameline.program.command;

import java.io.PrintWriter;
import org.frameline.program.ExitCode;
import org.frameline.program.ProgramException;
import org.frameline.protocol.socket.EndpointException;
import org.frameline.protocol.socket.NetworkFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Turns whatever goes wrong in a command into one line on stderr and an exit code. */
public final class Failures
    implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  @Override
  public int handleParseException(CommandLine.ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("frameline: " + oneLine(failure.getMessage()));
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
    err.println("frameline: this should not have happened: " + oneLine(failure.toString()));
    LOG.debug("unexpected failure", failure);
    return ExitCode.FAILED;
  }

  private static void suggestHelp(CommandLine command) {
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
  }

  private static String oneLine(String message) {
    return String.valueOf(message).replaceAll("\\s*\\R\\s*", "; ");
  }
}
