package org.frameline.recording.write;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.RecordingOptions;

/** Creates the file of a recording, or continues one, up to its first valid state. */
final class RecordingOpener {

  private final RecordingOptions options;
  private final EntryDescription entry;
  private final UnaryOperator<Disk> tap;
  private final Path path;

  /**
   * Prepares to open.
   *
   * @param tap given the file's output, returns the one to write to
   */
  RecordingOpener(RecordingOptions options, EntryDescription entry, UnaryOperator<Disk> tap) {
    this.options = options;
    this.entry = entry;
    this.tap = tap;
    this.path = options.file().toAbsolutePath();
  }

  FileTree open() throws IOException {
    boolean exists = Files.exists(path);
    if (exists && options.existing() == ExistingFile.REFUSE) {
      throw new FileAlreadyExistsException(
          path.toString(), null, "exists already; choose another file, overwrite it or append");
    }
    if (!Files.isDirectory(path.getParent())) {
      throw new IOException(path + ": the folder " + path.getParent() + " does not exist");
    }
    try {
      return exists && options.existing() == ExistingFile.APPEND ? continueFile() : create();
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith(path.toString()) ? e : new IOException(path + ": " + message, e);
    }
  }

  /**
   * Builds the file under another name and renames it when it is valid, so that there is no moment
   * in which the file is there and cannot be opened.
   */
  private FileTree create() throws IOException {
    if (Files.exists(path)) {
      // Proves that nobody is writing to it.
      LockedFile.open(path).close();
    }
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    LockedFile disk = LockedFile.open(fresh);
    try {
      disk.setLength(0);
      FileBody file = new FileBody(tap.apply(disk), 0);
      String creator = "Frameline " + entry.programName() + " " + entry.programVersion();
      FileTree tree = firstState(file, RootGroup.create(file, creator, Instant.now()));
      if (options.existing() == ExistingFile.OVERWRITE) {
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.move(fresh, path);
      }
      forceFolder();
      return tree;
    } catch (IOException e) {
      disk.close();
      Files.deleteIfExists(fresh);
      throw e;
    }
  }

  private FileTree continueFile() throws IOException {
    LockedFile disk = LockedFile.open(path);
    try {
      ExistingRecording existing = ExistingRecording.read(disk.channel());
      // After a crash there may be more than the superblock tells of; it stays where it is.
      long start = Math.max(disk.length(), existing.endOfFile());
      FileBody file = new FileBody(tap.apply(disk), start);
      return firstState(file, existing.root());
    } catch (IOException e) {
      disk.close();
      throw e;
    }
  }

  private FileTree firstState(FileBody file, RootGroup root) throws IOException {
    FileTree tree = new FileTree(file, options, root, entry);
    Snapshot snapshot = tree.snapshot();
    snapshot.commit(file);
    tree.settle(snapshot);
    return tree;
  }

  /** A rename is durable once its folder is; only POSIX systems can open one. */
  private void forceFolder() throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel folder = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }
}
