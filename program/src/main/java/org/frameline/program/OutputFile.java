package org.frameline.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.frameline.protocol.RegularFile;

/**
 * Checks a file before a program begins, so that nobody learns after an hour that it was in vain.
 */
public final class OutputFile {
  /** What is open already, as {@code /dev/stdout}, or is nothing, makes nobody wait. */
  private static final Path DEVICES = Path.of("/dev");

  private OutputFile() {}

  /**
   * Makes sure that a file can be made.
   *
   * @param replace whether it may be there already
   * @param waysOut the options that allow that, for the message
   */
  public static void requireWritable(Path file, boolean replace, String waysOut) {
    Path directory = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw ProgramException.failed("cannot write " + file + ": it is a directory", null);
    }
    if (!file.startsWith(DEVICES)) {
      requireFile(file);
    }
    if (Files.exists(file)) {
      if (!replace) {
        throw ProgramException.failed(
            file + " exists already; choose another name or use " + waysOut, null);
      }
      if (!Files.isWritable(file)) {
        throw ProgramException.failed("cannot write " + file + ": permission denied", null);
      }
    } else if (directory == null || !Files.isDirectory(directory)) {
      throw ProgramException.failed(
          "cannot write " + file + ": there is no directory " + directory, null);
    } else {
      probe(file, directory);
    }
  }

  /** To open a pipe would wait for who reads it, when all is done. */
  private static void requireFile(Path file) {
    try {
      RegularFile.require(file);
    } catch (IOException e) {
      throw ProgramException.failed("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** Permissions alone do not tell: only a file that was made there shows that one can be made. */
  private static void probe(Path file, Path directory) {
    try {
      Files.delete(Files.createTempFile(directory, ".frameline", ".probe"));
    } catch (IOException e) {
      throw ProgramException.failed(
          "cannot write " + file + ": no file can be made in " + directory, e);
    }
  }
}
