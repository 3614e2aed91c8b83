package org.frameline.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that nobody here wrote, reading our files. */
public final class Reader {

  private static final String PYTHON = "/usr/bin/python3";
  private static final long TIMEOUT_S = 60;

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
    Path output = Files.createTempFile("reader", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(TIMEOUT_S, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      String text = Files.readString(output);
      assertThat(ended).as("ends within %d s: %s", TIMEOUT_S, command).isTrue();
      assertThat(process.exitValue()).as("%s says: %s", command, text).isZero();
      return text;
    } finally {
      Files.delete(output);
    }
  }
}
