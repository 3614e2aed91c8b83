package org.frameline.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts {@code frameline} once more, with the Java and the class path of this process. */
final class JavaLauncher {
  private static final String MAIN_CLASS = "org.frameline.cli.Frameline";

  /** The first Java that warns on stderr about natives and Unsafe; the launcher says the same. */
  private static final int FIRST_THAT_WARNS = 24;

  private JavaLauncher() {}

  /**
   * The whole command line of a process.
   *
   * @param javaOptions further options of Java, separated by blanks, or null
   */
  static List<String> commandLine(String javaOptions, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    if (Runtime.version().feature() >= FIRST_THAT_WARNS) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    if (javaOptions != null && !javaOptions.isBlank()) {
      command.addAll(List.of(javaOptions.strip().split("\\s+")));
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(MAIN_CLASS);
    command.addAll(arguments);
    return command;
  }
}
