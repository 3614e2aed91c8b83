package org.frameline.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a recording that went on in a new file whenever one was full. Without state. */
public final class NumberedFiles {

  private NumberedFiles() {}

  /**
   * For {@code run.h5} the files {@code run_0001.h5}, {@code run_0002.h5} and so on that are there,
   * in the order of their numbers.
   */
  public static List<Path> of(Path name) throws IOException {
    Path last = name.getFileName();
    Path folder = name.toAbsolutePath().getParent();
    if (last == null || folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    int dot = last.toString().lastIndexOf('.');
    int stem = dot > 0 ? dot : last.toString().length();
    Pattern numbered =
        Pattern.compile(
            Pattern.quote(last.toString().substring(0, stem) + "_")
                + "(\\d{4,9})"
                + Pattern.quote(last.toString().substring(stem)));
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> numbered.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .sorted(Comparator.comparingInt(file -> Integer.parseInt(file.group(1))))
          .map(file -> name.resolveSibling(file.group()))
          .toList();
    }
  }
}
