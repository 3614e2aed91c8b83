package org.frameline.cli.process;

import java.util.List;

/** Where the processes of a pipeline run and can be watched. Used by one thread. */
public interface Stage extends AutoCloseable {
  /** Those that were started so far. */
  List<? extends Child> children();

  /** Starts a process; when it cannot, says so in a ProgramException. */
  void start(Member member);

  /** Releases what the stage holds; the processes have ended by then. */
  @Override
  void close();
}
