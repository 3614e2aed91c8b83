package org.frameline.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.frameline.program.ProgramException;

/** The files of a demo, and whether there may be new ones. Without state. */
final class OutputDirectory {
  static final String RECORDING = "recording.h5";
  static final String SPECTRA = "spectra.h5";
  static final String PAGE = "report.html";
  static final String RECORDER_REPORT = "record.json";
  static final String SINK_REPORT = "sink.json";

  /** Written first, so that its presence tells that the others are a demo's. */
  static final String MARK = "demo.json";

  private OutputDirectory() {}

  /**
   * Makes the directory and takes the files of an earlier demo away; whatever else is there stays.
   *
   * @throws ProgramException when files of these names are there and no demo has made them
   */
  static void prepare(Path directory) {
    try {
      if (Files.isRegularFile(directory)) {
        throw ProgramException.failed("--out: " + directory + " is a file, not a directory", null);
      }
      Files.createDirectories(directory);
      List<Path> earlier = known(directory);
      if (!earlier.isEmpty() && !Files.exists(directory.resolve(MARK))) {
        throw ProgramException.failed(
            earlier.get(0)
                + " is there and was not made by a demo; choose another directory with --out",
            null);
      }
      for (Path file : earlier) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw ProgramException.failed(
          "cannot prepare the directory " + directory + ": " + e.getMessage(), e);
    }
  }

  private static List<Path> known(Path directory) throws IOException {
    List<Path> known = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      files.filter(file -> isKnown(file.getFileName().toString())).sorted().forEach(known::add);
    }
    return known;
  }

  private static boolean isKnown(String name) {
    return name.equals(RECORDING)
        || name.equals(SPECTRA)
        || name.equals(PAGE)
        || name.equals(RECORDER_REPORT)
        || name.equals(SINK_REPORT)
        || name.equals("publish.json")
        || name.equals("ventilate.json")
        || name.matches("worker-\\d{1,2}\\.json");
  }
}
