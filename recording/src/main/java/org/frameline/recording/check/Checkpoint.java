package org.frameline.recording.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.frameline.recording.hdf5.Superblock;
import org.frameline.recording.stored.StoredFile;
import org.frameline.recording.stored.WriterLock;

/**
 * The last checkpoint of a recording that is being written: what a reader sees who opens it now.
 * Nothing that belongs to a checkpoint is ever overwritten but the superblock. So the first {@code
 * endOfFile} bytes, whenever they are read after this, are the recording as of this checkpoint once
 * their beginning is replaced by {@code superblock}. Immutable.
 *
 * @param superblock the first bytes of the file, position 0, limit 48; read-only
 * @param endOfFile how long the file is in this state, in bytes
 */
public record Checkpoint(ByteBuffer superblock, long endOfFile) {
  /** So many bytes at the beginning of the file belong to one checkpoint alone. */
  public static final int SUPERBLOCK_BYTES = Superblock.BYTES;

  /**
   * The last checkpoint of a file.
   *
   * @return empty for a file that is no recording, or that nobody writes. Where this user may not
   *     ask whether it is being written, it is taken to be as long as it has space ahead of its end
   * @throws IOException when the file cannot be read
   */
  public static Optional<Checkpoint> ofGrowing(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    // In this order: whoever ends a recording writes the last superblock first.
    boolean mayAsk = Files.isWritable(file);
    if (mayAsk && !WriterLock.isHeld(file)) {
      return Optional.empty();
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      Optional<Superblock> superblock = StoredFile.superblockOf(channel);
      long length = channel.size();
      return superblock
          .filter(it -> it.endOfFile() <= length && (mayAsk || it.endOfFile() < length))
          .map(Checkpoint::of);
    }
  }

  private static Checkpoint of(Superblock superblock) {
    return new Checkpoint(superblock.encode().asReadOnlyBuffer(), superblock.endOfFile());
  }
}
