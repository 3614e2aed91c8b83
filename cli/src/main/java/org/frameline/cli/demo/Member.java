package org.frameline.cli.demo;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One process of the demo.
 *
 * @param name what its lines are prefixed with
 * @param arguments behind {@code frameline}
 */
record Member(String name, List<String> arguments) {
  private static final String WORKER = "worker-";

  Member {
    arguments = List.copyOf(arguments);
  }

  static String workerName(int number) {
    return WORKER + number;
  }

  /** Workers may come and go; the end of any other process ends the stream. */
  boolean isWorker() {
    return name.startsWith(WORKER);
  }

  /** What a person would type to start this process by hand. */
  String commandLine() {
    return arguments.stream()
        .map(Member::quoted)
        .collect(Collectors.joining(" ", "scripts/frameline ", ""));
  }

  private static String quoted(String argument) {
    return argument.matches("[\\w@%+=:,./-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
