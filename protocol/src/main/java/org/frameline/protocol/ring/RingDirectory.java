package org.frameline.protocol.ring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.frameline.protocol.PrivateDirectory;
import org.frameline.protocol.RegularFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the rings of one user are on one machine, in memory where the system has a place for that.
 * Nobody else may look into it. Immutable.
 *
 * @param path the directory, which is there
 * @param domain names it among all directories of all machines: who says the same name can open the
 *     same rings
 */
public record RingDirectory(Path path, String domain) {
  /** The key under which a program says to another where it can read rings. */
  public static final String DOMAIN = "ring_domain";

  private static final Logger LOG = LoggerFactory.getLogger(RingDirectory.class);
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final String NAME = "domain";
  private static final int MOST_BYTES = 64;
  private static final Pattern UUIDS = Pattern.compile("[0-9a-f-]{36}");

  /**
   * The directory of the user who runs this program; made when it is not there.
   *
   * @throws IOException one line that says why it cannot be used
   */
  public static RingDirectory find() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    boolean hasMemory = Files.isDirectory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY);
    return in(hasMemory ? SHARED_MEMORY : temporary);
  }

  /**
   * As {@link #find}; without one, which is logged, whatever would go through a ring goes inline.
   */
  public static Optional<RingDirectory> ifAny() {
    try {
      return Optional.of(find());
    } catch (IOException e) {
      LOG.warn("without rings: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** As {@link #find}, below this directory. */
  static RingDirectory in(Path parent) throws IOException {
    Path path = parent.resolve("frameline-" + System.getProperty("user.name"));
    PrivateDirectory.prepare(path);
    return new RingDirectory(path, domain(path));
  }

  /** Its name is written once, whole, by whoever is first. */
  private static String domain(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      Path part = Files.createTempFile(directory, NAME, ".part");
      try {
        Files.writeString(part, UUID.randomUUID().toString());
        Files.createLink(file, part);
      } catch (FileAlreadyExistsException e) {
        return read(file);
      } finally {
        Files.delete(part);
      }
    }
    return read(file);
  }

  private static String read(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = RegularFile.readOwn(file, MOST_BYTES);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    String name = new String(bytes, StandardCharsets.US_ASCII).strip();
    if (!UUIDS.matcher(name).matches()) {
      throw new IOException(file + ": expected one line with a UUID");
    }
    return name;
  }
}
