package org.frameline.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.frameline.recording.check.Checkpoint;

/**
 * A file as it is at one moment. Immutable.
 *
 * @param version tells it from another file of that name, and from itself with another content. A
 *     recording that is being written keeps its version until it is finished
 * @param size in bytes; of a recording that is being written, up to its last checkpoint
 * @param modifiedMs when its content changed last, in milliseconds since 1970
 * @param checkpoint the state of a recording that is being written
 */
record ServedFile(String version, long size, long modifiedMs, Optional<Checkpoint> checkpoint) {
  private static final int VERSION_LENGTH = 32;

  /**
   * What is there now.
   *
   * @return empty when it is no regular file; a link is none
   */
  static Optional<ServedFile> look(Path file) throws IOException {
    Optional<Checkpoint> checkpoint = Checkpoint.ofGrowing(file);
    Optional<BasicFileAttributes> found = attributes(file);
    return found.map(
        attributes ->
            new ServedFile(
                checkpoint.isPresent() ? growing(attributes) : finished(attributes),
                checkpoint.map(Checkpoint::endOfFile).orElse(attributes.size()),
                attributes.lastModifiedTime().toMillis(),
                checkpoint));
  }

  /** Attributes of a regular file; empty when there is none. */
  static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
    // Also what cannot be asked, for instance a name that no file can have.
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    return Optional.of(
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
  }

  /** Whether a file is still of a version, as far as its attributes tell. */
  static boolean isStill(String version, BasicFileAttributes attributes) {
    return version.equals(finished(attributes)) || version.equals(growing(attributes));
  }

  private static String finished(BasicFileAttributes attributes) {
    long modifiedNs = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    return version(identity(attributes) + " " + attributes.size() + " " + modifiedNs);
  }

  private static String growing(BasicFileAttributes attributes) {
    return version(identity(attributes) + " growing");
  }

  /** Its number in the file system, where files have one. */
  private static String identity(BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    return String.valueOf(key != null ? key : attributes.creationTime());
  }

  private static String version(String facts) {
    ByteBuffer bytes = ByteBuffer.wrap(facts.getBytes(StandardCharsets.UTF_8));
    return Pieces.sum(bytes).substring(0, VERSION_LENGTH);
  }
}
