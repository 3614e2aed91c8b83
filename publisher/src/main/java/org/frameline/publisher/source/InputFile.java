package org.frameline.publisher.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.frameline.protocol.RegularFile;

/** Files that users name. No state. */
final class InputFile {

  private InputFile() {}

  /**
   * The path that a text names.
   *
   * @param prefix what stood before it in the spec, for the error
   * @throws IllegalArgumentException when this system has no such names
   */
  static Path named(String prefix, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "expected a file name after "
              + prefix
              + ", found \""
              + text
              + "\" ("
              + e.getReason()
              + ")",
          e);
    }
  }

  /** The path, if it is a file that can be read. */
  static Path existing(Path path, String expected) throws SourceException {
    if (!Files.exists(path)) {
      throw new SourceException(
          "no file " + path + " (looked in " + Path.of("").toAbsolutePath() + "); check the name");
    }
    if (Files.isDirectory(path)) {
      throw new SourceException(path + " is a folder; expected " + expected);
    }
    try {
      RegularFile.require(path);
    } catch (IOException e) {
      throw new SourceException(path + ": " + e.getMessage(), e);
    }
    if (!Files.isReadable(path)) {
      throw new SourceException(path + " may not be read by this user; check its access rights");
    }
    return path;
  }
}
