package org.frameline.publisher.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.frameline.recording.NumberedFiles;
import org.frameline.recording.images.FrameReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One recording, which may be several entries in a row, in one file or in several numbered ones: a
 * recorder that was killed and goes on begins a new entry, one that rotates a new file. They belong
 * together when they are of one stream. One part is open at a time. Not thread-safe.
 */
final class RecordingParts implements AutoCloseable {
  private static final String STREAM = "stream";
  private static final Logger LOG = LoggerFactory.getLogger(RecordingParts.class);

  private final RecordingSpec spec;
  private final List<Path> files;
  private final Object stream;
  private final List<Integer> frameShape;
  private final String typeName;
  private int fileIndex;
  private FrameReader current;
  // What was left out is said in the first round only.
  private boolean quiet;

  /** Opens the first part that has frames. */
  RecordingParts(RecordingSpec spec) throws SourceException {
    this.spec = spec;
    files = files(spec);
    current = open(files.get(0), spec.part());
    stream = current.stream().get(STREAM);
    frameShape = current.frameShape();
    typeName = current.typeName();
    warnWhenCutShort(files.get(0));
    if (current.frames() == 0 && !next()) {
      close();
      throw new SourceException(spec.path() + " holds no frames; expected one or more");
    }
  }

  private static List<Path> files(RecordingSpec spec) throws SourceException {
    Path path = spec.path();
    try {
      List<Path> numbered = Files.exists(path) ? List.of() : NumberedFiles.of(path);
      return numbered.isEmpty() ? List.of(InputFile.existing(path, "an HDF5 file")) : numbered;
    } catch (IOException e) {
      throw new SourceException("cannot list the files of " + path + ": " + e.getMessage(), e);
    }
  }

  private static FrameReader open(Path file, String part) throws SourceException {
    try {
      FrameReader frames = FrameReader.open(file, part);
      frames.readAhead();
      return frames;
    } catch (IOException e) {
      throw new SourceException(e.getMessage(), e);
    }
  }

  private void warnWhenCutShort(Path file) {
    if (current.cutShort() && !quiet) {
      LOG.warn(
          "{} is cut short; sent is what it has up to the last checkpoint that is whole", file);
    }
  }

  /** The part that is open. */
  FrameReader current() {
    return current;
  }

  /** Whether there is but one, so that beginning again opens nothing. */
  boolean isOne() {
    return files.size() == 1 && (spec.part() != null || current.entries().size() < 2);
  }

  /** Moves on to the next part with frames; false, with the last one still open, at the end. */
  boolean next() throws SourceException {
    if (spec.part() != null || stream == null) {
      return false;
    }
    int file = fileIndex;
    List<String> entries = current.entries();
    int entry = entries.indexOf(current.part()) + 1;
    while (true) {
      for (; entry < entries.size(); entry++) {
        if (take(file, entries.get(entry))) {
          return true;
        }
      }
      file++;
      if (file == files.size()) {
        quiet = true;
        return false;
      }
      try (FrameReader first = open(files.get(file), null)) {
        entries = first.entries();
      } catch (IOException e) {
        throw new SourceException(e.getMessage(), e);
      }
      entry = 0;
    }
  }

  /** Opens a part if it belongs to the recording. */
  private boolean take(int file, String entry) throws SourceException {
    FrameReader opened = open(files.get(file), entry);
    boolean sameStream = stream.equals(opened.stream().get(STREAM));
    boolean sameFrames =
        frameShape.equals(opened.frameShape()) && typeName.equals(opened.typeName());
    if (sameStream && sameFrames && opened.frames() > 0) {
      closeCurrent();
      current = opened;
      if (file != fileIndex) {
        warnWhenCutShort(files.get(file));
      }
      fileIndex = file;
      return true;
    }
    if (!quiet && opened.frames() > 0) {
      LOG.warn(
          "left out is {} of {}, which has another {}; choose it with hdf5:{}#{}",
          entry,
          files.get(file),
          sameStream ? "size or type of frames" : "stream",
          files.get(file),
          entry);
    }
    closeQuietly(opened);
    return false;
  }

  /** Back to the first part that has frames. */
  void restart() throws SourceException {
    if (isOne()) {
      return;
    }
    FrameReader first = open(files.get(0), spec.part());
    closeCurrent();
    current = first;
    fileIndex = 0;
    if (current.frames() == 0 && !next()) {
      throw new SourceException(spec.path() + " holds no frames any more");
    }
  }

  private void closeCurrent() {
    closeQuietly(current);
  }

  private static void closeQuietly(FrameReader frames) {
    try {
      frames.close();
    } catch (IOException e) {
      // Nothing was written to it.
      LOG.debug("closing failed: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    closeCurrent();
  }
}
