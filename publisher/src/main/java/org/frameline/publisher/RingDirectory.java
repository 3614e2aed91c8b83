package org.frameline.publisher;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where rings are: in memory where the system has a place for that. Without state. */
final class RingDirectory {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private RingDirectory() {}

  static Path find() {
    return Files.isDirectory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY)
        ? SHARED_MEMORY
        : Path.of(System.getProperty("java.io.tmpdir"));
  }
}
