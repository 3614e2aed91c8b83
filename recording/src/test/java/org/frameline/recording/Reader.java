package org.frameline.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.frameline.testing.Outcome;
import org.frameline.testing.Program;

/** Programs that nobody here wrote, reading our files. */
public final class Reader {

  private static final String PYTHON = "/usr/bin/python3";

  private Reader() {}

  /** Runs check_recording.py on files, and returns what it prints, a line per file. */
  public static List<String> check(Path... files) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add("src/test/resources/check_recording.py");
    for (Path file : files) {
      command.add(file.toString());
    }
    return python(Path.of("."), command).lines().toList();
  }

  /** Runs a script of one's own; the file is {@code path} in it. */
  public static String h5py(Path file, String script) throws IOException, InterruptedException {
    String head = "import h5py, sys, numpy as np\npath = sys.argv[1]\n";
    return python(Path.of("."), List.of("-c", head + script, file.toString())).strip();
  }

  public static String python(Path folder, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PYTHON));
    command.addAll(arguments);
    return run(folder, command);
  }

  public static String run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Outcome outcome = Program.run(folder, command);
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    return outcome.out();
  }
}
