package org.frameline.protocol.ring;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where rings are: in memory where the system has a place for that. Without state. */
public final class RingDirectory {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private RingDirectory() {}

  /** An existing directory that this process may write to. */
  public static Path find() {
    return Files.isDirectory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY)
        ? SHARED_MEMORY
        : Path.of(System.getProperty("java.io.tmpdir"));
  }
}
