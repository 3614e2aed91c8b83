package org.frameline.cli.process;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.frameline.publisher.source.SourceKinds;

/**
 * One process of a pipeline, not started yet.
 *
 * @param name what its lines are prefixed with
 * @param arguments behind {@code frameline}
 */
public record Member(String name, List<String> arguments) {
  private static final String WORKER = "worker-";

  public Member {
    arguments = List.copyOf(arguments);
  }

  /** Names a worker, counted from 1. */
  public static String workerName(int number) {
    return WORKER + number;
  }

  /** Workers may come and go; the end of any other process ends the stream. */
  public boolean isWorker() {
    return name.startsWith(WORKER);
  }

  /** What a person would type to start this process by hand, without a password. */
  public String commandLine() {
    return IntStream.range(0, arguments.size())
        .mapToObj(this::shown)
        .map(Member::quoted)
        .collect(Collectors.joining(" ", "scripts/frameline ", ""));
  }

  /** Command lines end up in files, and the address of a camera may hold a password. */
  private String shown(int index) {
    String argument = arguments.get(index);
    return index > 0 && arguments.get(index - 1).equals("--source")
        ? SourceKinds.parse(argument).label()
        : argument;
  }

  private static String quoted(String argument) {
    return argument.matches("[\\w@%+=:,./-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
