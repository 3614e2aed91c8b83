package org.frameline.recording.write;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.frameline.recording.stored.DamageException;
import org.frameline.recording.stored.StoredFile;
import org.frameline.recording.stored.StoredHeader;

/**
 * A file to append to, as far as appending needs it: the messages of its root group, which are kept
 * byte for byte, so that attributes and groups that others added survive.
 *
 * @param endOfFile what its superblock says
 * @param root its root group
 */
record ExistingRecording(long endOfFile, RootGroup root) {

  /** Reads from a channel, which stays open. */
  static ExistingRecording read(FileChannel channel) throws IOException {
    try {
      // Not closed, since the channel belongs to the caller.
      StoredFile file = new StoredFile(channel);
      StoredHeader root =
          StoredHeader.read(file, file.superblock().rootAddress(), "the root group");
      List<String> names = new ArrayList<>(root.links().keySet());
      return new ExistingRecording(
          file.superblock().endOfFile(), new RootGroup(root.messages(), names));
    } catch (DamageException e) {
      throw new IOException("cannot append: " + e.getMessage() + "; record to a new file", e);
    }
  }
}
