package org.frameline.endtoend.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.frameline.testing.Checkout;
import org.frameline.testing.Program;
import org.frameline.testing.Python;

/** What one test of a document has started in its folder; closing ends what still runs. */
final class Started implements AutoCloseable {
  private final Path folder;
  private final List<Program> programs = new ArrayList<>();

  Started(Path folder) {
    this.folder = folder;
  }

  /** Starts a line of the shell; {@code scripts/} means the checkout's. */
  Program shell(String line) {
    String there = line.replaceAll("\\bscripts/", "\"\\$FRAMELINE_ROOT\"/scripts/");
    // Not started by 'exec' when there is more than one command in the line.
    String command = there.startsWith("\"") ? "exec " + there : there;
    Map<String, String> root = Map.of("FRAMELINE_ROOT", Checkout.file("").toString());
    return keep(Program.start(folder, line, root, List.of("bash", "-c", command)));
  }

  /** Starts a Python program that a document gives. */
  Program python(String program, Object... arguments) {
    return keep(Python.start(folder, program, arguments));
  }

  /** Starts a script by its path in the checkout. */
  Program script(String path, Object... arguments) {
    return keep(Python.startScript(folder, Checkout.file(path), arguments));
  }

  private Program keep(Program program) {
    programs.add(program);
    return program;
  }

  @Override
  public void close() {
    programs.forEach(Program::close);
  }
}
