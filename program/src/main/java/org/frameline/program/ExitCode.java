package org.frameline.program;

/** Exit codes of every command. */
public final class ExitCode {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int FRAMES_MISSING = 3;

  private ExitCode() {}
}
