package org.frameline.program;

/** A program cannot go on; the message is one line for the user that says what to do. */
public final class ProgramException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private ProgramException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Something the user asked for cannot be done, {@link ExitCode#FAILED}. */
  public static ProgramException failed(String message, Throwable cause) {
    return new ProgramException(ExitCode.FAILED, message, cause);
  }

  /** The options make no sense, {@link ExitCode#USAGE}. */
  public static ProgramException usage(String message) {
    return new ProgramException(ExitCode.USAGE, message, null);
  }

  public int exitCode() {
    return exitCode;
  }
}
