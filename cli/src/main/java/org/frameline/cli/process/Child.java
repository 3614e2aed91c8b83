package org.frameline.cli.process;

/** A process that was started. */
public interface Child {
  Member member();

  boolean hasEnded();

  /** Its exit code, once it has ended. */
  int exitCode();

  /** The last line that it wrote, or empty. */
  String lastLine();

  /** Asks it to end in order. */
  void ask();

  /** Ends it at once. */
  void kill();
}
