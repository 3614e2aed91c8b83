package org.frameline.cli.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts {@code frameline} once more, as this process was started. */
public final class JavaLauncher {
  private static final String MAIN_CLASS = "org.frameline.cli.Frameline";

  private JavaLauncher() {}

  /**
   * The whole command line of a process: of the launcher that started this one, or else of the Java
   * and the class path of this process. The launcher looks for further options of Java by itself.
   *
   * @param javaOptions further options of Java, separated by blanks, or null
   */
  public static List<String> commandLine(String javaOptions, List<String> arguments) {
    List<String> command = new ArrayList<>();
    String launcher = System.getProperty("frameline.launcher");
    if (launcher != null) {
      command.add(launcher);
    } else {
      addJava(command, javaOptions);
    }
    command.addAll(arguments);
    return command;
  }

  private static void addJava(List<String> command, String javaOptions) {
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("--enable-native-access=ALL-UNNAMED");
    if (javaOptions != null && !javaOptions.isBlank()) {
      command.addAll(List.of(javaOptions.strip().split("\\s+")));
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(MAIN_CLASS);
  }
}
