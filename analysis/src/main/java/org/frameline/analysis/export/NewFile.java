package org.frameline.analysis.export;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.IIOException;

/**
 * A file that is built under another name, {@code FILE.new}, and gets its own when it is whole.
 * Closed before that, nothing is left. Used by one thread.
 */
final class NewFile implements Closeable {
  private final Path file;
  private final Path unfinished;
  private boolean finished;

  NewFile(Path file) {
    this.file = file;
    unfinished = file.resolveSibling(file.getFileName() + ".new");
  }

  /** Where to write. */
  Path unfinished() {
    return unfinished;
  }

  /** It is whole, and replaces what has its name. */
  void finish() throws IOException {
    try {
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
      finished = true;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** What went wrong, with the file's name. */
  IOException failure(IOException cause) {
    return new IOException("cannot write " + file + ": " + reason(cause), cause);
  }

  private static String reason(IOException cause) {
    // ImageIO wraps what its stream says.
    if (cause instanceof IIOException && cause.getCause() instanceof IOException inner) {
      return reason(inner);
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof NoSuchFileException) {
      return "its folder is gone";
    }
    return cause instanceof FileSystemException known && known.getReason() != null
        ? known.getReason()
        : cause.getMessage();
  }

  @Override
  public void close() throws IOException {
    if (!finished) {
      Files.deleteIfExists(unfinished);
    }
  }
}
