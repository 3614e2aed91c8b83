package org.frameline.recording.write;

import java.io.IOException;
import org.frameline.recording.hdf5.MetadataImage;
import org.frameline.recording.hdf5.Superblock;

/**
 * A complete state of the file, not yet valid.
 *
 * @param image new metadata, with its place in the file
 * @param superblock what makes it valid
 * @param frames frames in the file in this state, of all entries
 */
record Snapshot(MetadataImage image, Superblock superblock, long frames) {

  /**
   * Makes this state the valid one. Each step must be on the disk before the next one begins: the
   * pixels before metadata points to them, the metadata before the superblock does.
   */
  void commit(FileBody file) throws IOException {
    file.force();
    file.write(image.content(), image.base());
    file.force();
    file.write(superblock.encode(), 0);
    file.force();
  }
}
