package org.frameline.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.frameline.transfer.NotServedException.Reason;

/**
 * The regular files that lie directly in a folder; links are not followed. Keeps nothing open and
 * nothing in mind. Not thread-safe.
 */
final class ServedFolder {
  /** Most names in one answer: of the longest ones too they fit a control message. */
  static final int MOST_LISTED = 100;

  private final Path folder;

  ServedFolder(Path folder) {
    this.folder = folder;
  }

  /** A file and its name. */
  record Listed(String name, BasicFileAttributes attributes) {}

  /**
   * The next files in the order of their names, at most {@value #MOST_LISTED}.
   *
   * @param after what comes after this name; all with an empty one
   */
  List<Listed> list(String after) throws IOException {
    NavigableSet<String> names = new TreeSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path file : all) {
        String name = file.getFileName().toString();
        boolean isNext =
            name.compareTo(after) > 0
                && (names.size() < MOST_LISTED || name.compareTo(names.last()) < 0);
        if (isNext && FileName.isAllowed(name) && ServedFile.attributes(file).isPresent()) {
          names.add(name);
          if (names.size() > MOST_LISTED) {
            names.pollLast();
          }
        }
      }
    }
    List<Listed> listed = new ArrayList<>();
    for (String name : names) {
      ServedFile.attributes(folder.resolve(name))
          .ifPresent(attributes -> listed.add(new Listed(name, attributes)));
    }
    return listed;
  }

  /** How a file is now. */
  ServedFile look(String name) throws NotServedException {
    try {
      return ServedFile.look(path(name)).orElseThrow(() -> gone(name));
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * A part of a file.
   *
   * @param version the one that is wanted
   * @return exactly {@code length} bytes
   */
  byte[] read(String name, String version, long offset, int length) throws NotServedException {
    byte[] bytes = new byte[length];
    Path file = path(name);
    try (FileChannel channel = open(file, name, version)) {
      fill(channel, ByteBuffer.wrap(bytes), offset, name);
      requireStill(file, name, version);
      return bytes;
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /** The sums of the pieces of a part, which begins with a piece. */
  List<String> sums(String name, String version, long offset, long length)
      throws NotServedException {
    List<String> sums = new ArrayList<>();
    ByteBuffer piece = ByteBuffer.allocate(Pieces.BYTES);
    Path file = path(name);
    try (FileChannel channel = open(file, name, version)) {
      for (long at = offset; at < offset + length; at += Pieces.BYTES) {
        piece.clear().limit(Pieces.length(at, offset + length));
        fill(channel, piece, at, name);
        sums.add(Pieces.sum(piece.flip()));
      }
      requireStill(file, name, version);
      return sums;
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private Path path(String name) throws NotServedException {
    try {
      if (FileName.isAllowed(name)) {
        return folder.resolve(name);
      }
    } catch (InvalidPathException e) {
      throw new NotServedException(Reason.GONE, "no file can have the name that was asked for", e);
    }
    throw gone(name);
  }

  private static FileChannel open(Path file, String name, String version)
      throws IOException, NotServedException {
    requireStill(file, name, version);
    try {
      return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      throw gone(name);
    }
  }

  /** Asked before and after reading: then what was opened between is this file. */
  private static void requireStill(Path file, String name, String version)
      throws IOException, NotServedException {
    Optional<BasicFileAttributes> attributes = ServedFile.attributes(file);
    if (!ServedFile.isStill(version, attributes.orElseThrow(() -> gone(name)))) {
      throw changed(name);
    }
  }

  private static void fill(FileChannel channel, ByteBuffer bytes, long offset, String name)
      throws IOException, NotServedException {
    while (bytes.hasRemaining()) {
      int count = channel.read(bytes, offset + bytes.position());
      if (count < 0) {
        throw changed(name);
      }
    }
  }

  private static NotServedException gone(String name) {
    return new NotServedException(Reason.GONE, "there is no file " + FileName.shown(name));
  }

  private static NotServedException changed(String name) {
    return new NotServedException(Reason.CHANGED, name + " has changed");
  }

  private static NotServedException unreadable(String name, IOException e) {
    return new NotServedException(
        Reason.UNREADABLE, "cannot read " + name + ": " + Problem.of(e), e);
  }
}
