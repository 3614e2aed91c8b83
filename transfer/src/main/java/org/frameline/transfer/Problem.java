package org.frameline.transfer;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong with a file, in words without its path. Without state. */
final class Problem {
  private Problem() {}

  static String of(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "there is one by now";
    }
    if (e instanceof NoSuchFileException) {
      return "it is gone";
    }
    return e instanceof FileSystemException known && known.getReason() != null
        ? known.getReason()
        : String.valueOf(e.getMessage());
  }
}
