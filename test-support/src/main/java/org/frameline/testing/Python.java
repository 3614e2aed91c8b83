package org.frameline.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Programs in Python, which judge our output with libraries nobody here wrote. The interpreter is
 * that of the system, which has the packages. No state.
 */
public final class Python {
  private static final String INTERPRETER = "/usr/bin/python3";
  private static final Path HERE = Path.of(".");

  private Python() {}

  /** The command line of a program that is given as text, with {@code arguments} in sys.argv. */
  public static List<String> command(String program, Object... arguments) {
    return line(Stream.concat(Stream.of("-c", program), Stream.of(arguments)));
  }

  /** The command line of a script. */
  public static List<String> script(Path script, Object... arguments) {
    return line(Stream.concat(Stream.of(script.toAbsolutePath()), Stream.of(arguments)));
  }

  private static List<String> line(Stream<?> words) {
    // Unbuffered, so that a test can wait for what is printed.
    List<String> line = new ArrayList<>(List.of(INTERPRETER, "-u"));
    words.map(Object::toString).forEach(line::add);
    return line;
  }

  /** What a program printed, without the white space around it, once it has ended well. */
  public static String run(String program, Object... arguments)
      throws IOException, InterruptedException {
    return runIn(HERE, program, arguments);
  }

  /** The same in a folder. */
  public static String runIn(Path folder, String program, Object... arguments)
      throws IOException, InterruptedException {
    return Program.run(folder, command(program, arguments)).succeeded();
  }

  /** What a script printed, without the white space around it, once it has ended well. */
  public static String runScript(Path script, Object... arguments)
      throws IOException, InterruptedException {
    return Program.run(HERE, script(script, arguments)).succeeded();
  }

  /** Starts a program that is given as text. */
  public static Program start(Path folder, String program, Object... arguments) {
    return Program.start(folder, "a Python program", Map.of(), command(program, arguments));
  }

  /** Starts a script. */
  public static Program startScript(Path folder, Path script, Object... arguments) {
    return Program.start(
        folder, script.getFileName().toString(), Map.of(), script(script, arguments));
  }
}
