package org.frameline.recording.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * Notices that a file is no longer there under its name. A file that is deleted while it is written
 * goes on taking bytes, which nobody will ever read. Immutable.
 */
final class Presence {

  private final Path path;
  private final Object key;

  /** Of the file that is there now. */
  Presence(Path path) throws IOException {
    this.path = path;
    this.key = key(path);
  }

  /**
   * That it still is.
   *
   * @throws GoneException when it was removed, renamed or replaced
   */
  void require() throws IOException {
    Object now;
    try {
      now = key(path);
    } catch (NoSuchFileException e) {
      throw new GoneException(e);
    }
    if (!Objects.equals(key, now)) {
      throw new GoneException(null);
    }
  }

  /** Null on systems without numbers for files; then only the name counts. */
  private static Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /** The file is gone; nothing that is written to it is kept under its name. */
  static final class GoneException extends IOException {
    private static final long serialVersionUID = 1L;

    GoneException(IOException cause) {
      super("the file, or its folder, was removed or renamed while it was being written", cause);
    }
  }
}
