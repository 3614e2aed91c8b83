package org.frameline.cli.bench;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.frameline.program.ProgramException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder for the files of a benchmark, which goes with them. One thread. */
final class Workspace implements AutoCloseable {
  /** What a benchmark leaves free on any disk. */
  static final long SPARE_BYTES = 128L << 20;

  private static final double BYTES_PER_GB = 1e9;
  private static final Logger LOG = LoggerFactory.getLogger(Workspace.class);

  private final Path folder;

  private Workspace(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder.
   *
   * @throws ProgramException when it cannot be made, or hardly anything fits in
   */
  static Workspace in(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw ProgramException.failed("--dir: there is no folder " + directory, null);
    }
    Workspace workspace;
    try {
      workspace = new Workspace(Files.createTempDirectory(directory, "frameline-bench-"));
    } catch (AccessDeniedException e) {
      throw cannot(directory, "permission denied", e);
    } catch (IOException e) {
      throw cannot(directory, e.getMessage(), e);
    }
    if (workspace.room() == 0) {
      workspace.close();
      throw ProgramException.failed(
          String.format(
              "--dir: expected more than %.1f GB free in %s, found %.1f GB; choose another folder",
              SPARE_BYTES / BYTES_PER_GB, directory, free(directory) / BYTES_PER_GB),
          null);
    }
    return workspace;
  }

  private static ProgramException cannot(Path directory, String why, IOException cause) {
    return ProgramException.failed(
        "--dir: no file can be made in " + directory + ": " + why + "; choose another folder",
        cause);
  }

  /** Where a file of this name may be made. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /** How many bytes may be written there. */
  long room() {
    return Math.max(0, free(folder) - SPARE_BYTES);
  }

  private static long free(Path directory) {
    return directory.toFile().getUsableSpace();
  }

  /** Takes all files away. */
  void clear() {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warn("cannot empty {}: {}", folder, e.getMessage());
    }
  }

  @Override
  public void close() {
    clear();
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      LOG.warn("cannot remove {}: {}", folder, e.getMessage());
    }
  }
}
