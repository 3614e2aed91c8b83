package org.frameline.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/**
 * Files whose bytes are on a disk: whoever opens a pipe or a device instead may wait for ever, or
 * read without an end. Without state.
 */
public final class RegularFile {
  private static final int KIND = 0170000;

  private RegularFile() {}

  /**
   * Refuses what is there and is no file; links are followed.
   *
   * @throws IOException saying what was found, without the name
   */
  public static void require(Path path) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException("expected a file, found " + kind(path));
    }
  }

  /** What is there, in words. */
  private static String kind(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return "a folder";
    }
    if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return "something else";
    }
    return switch ((int) Files.getAttribute(path, "unix:mode") & KIND) {
      case 0010000 -> "a named pipe";
      case 0020000, 0060000 -> "a device";
      case 0140000 -> "a socket";
      default -> "something else";
    };
  }

  /**
   * Reads a small file that a process of this user has left in a {@link PrivateDirectory}.
   *
   * @param most bytes that it may have
   * @throws IOException when it is none of this user, is larger, or is no file: a link is none
   */
  public static byte[] readOwn(Path file, int most) throws IOException {
    requireOwn(file);
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      ByteBuffer bytes = ByteBuffer.allocate(most + 1);
      int count = 0;
      while (bytes.hasRemaining() && count >= 0) {
        count = channel.read(bytes);
      }
      if (!bytes.hasRemaining()) {
        throw new IOException("expected at most " + most + " bytes");
      }
      return Arrays.copyOf(bytes.array(), bytes.position());
    }
  }

  /**
   * Requires a file of this user in a {@link PrivateDirectory}, which nobody else can exchange for
   * something else meanwhile.
   *
   * @throws IOException saying what was found, without the name
   */
  public static void requireOwn(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(
          "expected a file, found "
              + (Files.isSymbolicLink(file)
                  ? "a link"
                  : Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? kind(file) : "none"));
    }
    Path directory = file.toAbsolutePath().getParent();
    boolean hasOwners = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (hasOwners
        && !Files.getOwner(file, LinkOption.NOFOLLOW_LINKS)
            .equals(Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS))) {
      throw new IOException(
          "expected a file of this user, found one of "
              + Files.getOwner(file, LinkOption.NOFOLLOW_LINKS));
    }
  }
}
