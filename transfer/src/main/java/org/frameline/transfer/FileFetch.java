package org.frameline.transfer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches one file. It is built as {@code NAME.part}, piece by piece, and gets its name when a
 * comparison of all pieces, with nothing left to fetch, has shown that it is whole. What a part
 * holds already is found by the same comparison, so it does not matter how it came to be. Used
 * once, by one thread.
 */
final class FileFetch {
  private static final Logger LOG = LoggerFactory.getLogger(FileFetch.class);

  /** How it ended. */
  enum Outcome {
    /** It was here before, and as it is there. */
    THE_SAME,
    /** It is here now, and as it is there. */
    WHOLE,
    /** A recording that goes on there is here up to a checkpoint. */
    UP_TO_A_CHECKPOINT,
    /** Another one is here, which shall not be replaced. */
    DIFFERENT,
    /** A part is here; the user has stopped. */
    STOPPED
  }

  private final RemoteFolder remote;
  private final FetchConfig config;
  private final StopSignal stop;
  private final String name;
  private final Path file;
  private long fetchedBytes;

  FileFetch(RemoteFolder remote, FetchConfig config, StopSignal stop, String name) {
    this.remote = remote;
    this.config = config;
    this.stop = stop;
    this.name = name;
    file = config.out().resolve(name);
  }

  /** Bytes that came over the network. */
  long fetchedBytes() {
    return fetchedBytes;
  }

  /**
   * Fetches what is not here yet.
   *
   * @throws NotServedException when it is not there any more, or not readable
   * @throws ProgramException when it cannot be stored here, or the other side is silent
   */
  Outcome fetch() throws NotServedException {
    Path path = config.out().resolve(name + FileName.PART);
    try {
      boolean isThere = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      if (isThere && isSame()) {
        LOG.info("{} is there already", file);
        return Outcome.THE_SAME;
      }
      if (isThere && !config.overwrite()) {
        LOG.error(
            "{} is there already, and is not as it is at {}; move it away or use --overwrite",
            file,
            remote.endpoint());
        return Outcome.DIFFERENT;
      }
      prepare(path, isThere);
      Outcome outcome = fill(path);
      if (outcome != Outcome.STOPPED) {
        finish(path);
      }
      return outcome;
    } catch (IOException e) {
      throw ProgramException.failed(
          "cannot write " + path + ": " + Problem.of(e) + "; the same command goes on with it", e);
    }
  }

  private boolean isSame() throws NotServedException, IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    RemoteFile there = remote.look(name);
    if (there.checkpoint().isPresent() || Files.size(file) != there.size()) {
      return false;
    }
    try (LocalFile here = LocalFile.read(file)) {
      Comparison comparison = new Comparison(remote, there, here);
      for (long at = 0; at < there.size(); at += PartFill.STRIDE) {
        if (!comparison.lacking(at, Math.min(there.size(), at + PartFill.STRIDE)).isEmpty()) {
          return false;
        }
      }
    }
    return true;
  }

  /** What is replaced is a good beginning: most pieces of an earlier state are still right. */
  private void prepare(Path path, boolean isThere) throws IOException {
    if (isThere && Files.isRegularFile(file) && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.copy(file, path);
    }
  }

  private Outcome fill(Path path) throws NotServedException, IOException {
    try (LocalFile part = LocalFile.write(path)) {
      PartFill filling = new PartFill(remote, config, stop, name, part);
      try {
        return filling.run();
      } catch (StoppedException e) {
        return Outcome.STOPPED;
      } finally {
        fetchedBytes = filling.fetchedBytes();
        part.force();
      }
    }
  }

  /** Gives it its name; with a rename, so that there is no moment with half a file. */
  private void finish(Path path) throws IOException {
    if (config.overwrite()) {
      Files.move(path, file, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.move(path, file);
    }
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel folder = FileChannel.open(config.out(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }
}
