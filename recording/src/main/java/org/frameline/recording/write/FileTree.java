package org.frameline.recording.write;

import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.hdf5.MetadataImage;
import org.frameline.recording.hdf5.Superblock;

/**
 * Everything in the file: the root, the complete entries and the current one. Guarded by the
 * writer's lock.
 */
final class FileTree {

  private final FileBody file;
  private final RecordingOptions options;
  private final RootGroup root;
  private EntryWriter entry;
  private long earlierFrames;
  private long earlierMissing;
  private long durableFrames;

  FileTree(FileBody file, RecordingOptions options, RootGroup root, EntryDescription first)
      throws IOException {
    this.file = file;
    this.options = options;
    this.root = root;
    this.entry = new EntryWriter(root.freeName(Set.of()), file, first, options);
  }

  FileBody file() {
    return file;
  }

  EntryWriter entry() {
    return entry;
  }

  /**
   * Ends the current entry in order and begins another. What is written of both becomes part of the
   * file with the next checkpoint, which forces it first.
   */
  void beginEntry(EntryDescription next) throws IOException {
    entry.complete(true);
    entry.flushPixels();
    entry.flushRows();
    entry.sealIfComplete();
    MetadataImage image = file.imageAtEnd();
    long finishedAddress = entry.place(image, Instant.now());
    file.take(image);
    file.write(image.content(), image.base());
    String name = root.freeName(Set.of(entry.name()));
    EntryWriter following = new EntryWriter(name, file, next, options);
    entry.close();
    earlierFrames += entry.inFile();
    earlierMissing += entry.missingFrames();
    root.keep(entry.name(), finishedAddress);
    entry = following;
  }

  long framesTaken() {
    return earlierFrames + entry.taken();
  }

  long framesInFile() {
    return earlierFrames + entry.inFile();
  }

  long missingFrames() {
    return earlierMissing + entry.missingFrames();
  }

  long durableFrames() {
    return durableFrames;
  }

  /** The state with every frame taken so far, its metadata to be written at the end. */
  Snapshot snapshot() throws IOException {
    entry.flushPixels();
    return snapshotOfFile();
  }

  /**
   * Brings frames into the file, as far as that needs no waiting.
   *
   * @param frames how many are wanted there
   * @return false when some of them are still being compressed: ask again after {@link
   *     EntryWriter#underWay}
   */
  boolean flushReady(long frames) throws IOException {
    entry.flushReadyPixels();
    return framesInFile() >= frames;
  }

  /** The state with every frame that is in the file, its metadata to be written at the end. */
  Snapshot snapshotOfFile() throws IOException {
    entry.flushRows();
    entry.sealIfComplete();
    MetadataImage image = file.imageAtEnd();
    long entryAddress = entry.place(image, Instant.now());
    long rootAddress = root.place(image, entry.name(), entryAddress);
    file.take(image);
    return new Snapshot(image, new Superblock(file.end(), rootAddress), framesInFile());
  }

  /**
   * The state with what is in the file after a write has failed, perhaps because the disk is full:
   * its metadata goes to space that is there already.
   */
  Snapshot emergencySnapshot() throws IOException {
    entry.flushRows();
    MetadataImage image = file.imageInEmergencyArea();
    long entryAddress = entry.place(image, Instant.now());
    long rootAddress = root.place(image, entry.name(), entryAddress);
    if (!file.fitsEmergencyArea(image)) {
      throw new IOException("the last metadata does not fit the space kept for it");
    }
    file.cutToEnd();
    return new Snapshot(image, new Superblock(file.end(), rootAddress), framesInFile());
  }

  /** Tells that a snapshot is valid and on the disk. */
  void settle(Snapshot snapshot) {
    entry.settle();
    durableFrames = snapshot.frames();
  }
}
