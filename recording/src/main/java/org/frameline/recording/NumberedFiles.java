package org.frameline.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a recording that went on in a new file whenever one was full, and their names.
 * Without state.
 */
public final class NumberedFiles {

  private NumberedFiles() {}

  /** Of {@code run.h5}, the file {@code run_0001.h5} and so on. */
  public static Path file(Path name, int number) {
    String last = name.getFileName().toString();
    return name.resolveSibling(
        String.format(Locale.ROOT, "%s_%04d%s", stem(last), number, ending(last)));
  }

  /**
   * The highest number there is; 0 when there is none.
   *
   * @param present names of files in the folder of {@code name}
   */
  public static int highest(Path name, Stream<String> present) {
    Pattern numbered = pattern(name.getFileName().toString());
    return present
        .map(numbered::matcher)
        .filter(Matcher::matches)
        .mapToInt(NumberedFiles::number)
        .max()
        .orElse(0);
  }

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
    Pattern numbered = pattern(last.toString());
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> numbered.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .sorted(Comparator.comparingInt(NumberedFiles::number))
          .map(file -> name.resolveSibling(file.group()))
          .toList();
    }
  }

  private static Pattern pattern(String name) {
    return Pattern.compile(
        Pattern.quote(stem(name) + "_") + "(\\d{4,9})" + Pattern.quote(ending(name)));
  }

  private static int number(Matcher file) {
    return Integer.parseInt(file.group(1));
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static String ending(String name) {
    return name.substring(stem(name).length());
  }
}
