package org.frameline.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Directories of one user, which nobody else may look into: what our processes believe of each
 * other stands there. Where files have no owners, any directory will do. Without state.
 */
public final class PrivateDirectory {
  private PrivateDirectory() {}

  /**
   * Makes the directory unless it is there.
   *
   * @throws IOException one line: it cannot be made, or others may use it
   */
  public static void prepare(Path directory) throws IOException {
    boolean posix = isPosix(directory);
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      if (!posix) {
        Files.createDirectories(directory);
        return;
      }
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    if (posix) {
      requireOwn(directory);
    }
  }

  /**
   * Requires a directory as {@link #prepare} makes it.
   *
   * @throws IOException one line: it is not there, or others may use it
   */
  public static void requireOurs(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(directory + ": expected a directory");
    }
    if (isPosix(directory)) {
      requireOwn(directory);
    }
  }

  /**
   * In a root that is no mount point nobody can tell its file system: then as the system has it.
   */
  private static boolean isPosix(Path directory) {
    try {
      return Files.getFileStore(existingParent(directory)).supportsFileAttributeView("posix");
    } catch (IOException e) {
      return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
  }

  private static Path existingParent(Path directory) {
    Path parent = directory.toAbsolutePath();
    while (!Files.exists(parent)) {
      parent = parent.getParent();
    }
    return parent;
  }

  /** In a directory for all, somebody else may have made ours before us. */
  private static void requireOwn(Path directory) throws IOException {
    PosixFileAttributes found =
        Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    String permissions = PosixFilePermissions.toString(found.permissions());
    if (!found.isDirectory() || !permissions.endsWith("------") || !isMine(directory, found)) {
      throw new IOException(
          directory
              + ": expected a directory that nobody else may use, found "
              + found.owner()
              + " "
              + permissions);
    }
  }

  private static boolean isMine(Path directory, PosixFileAttributes found) throws IOException {
    // The owner of a file made now is us, whatever the names of users mean here.
    Path probe = Files.createTempFile(directory, "owner", ".part");
    try {
      return Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS).equals(found.owner());
    } finally {
      Files.delete(probe);
    }
  }
}
