package org.frameline.recording.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.frameline.protocol.FramePixels;
import org.frameline.protocol.Origin;
import org.frameline.protocol.Outage;
import org.frameline.recording.CallTiming;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.Unwanted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a recording while frames arrive. At any moment, also after {@code kill -9} or power loss,
 * the file opens in every HDF5 reader with what was there at the last checkpoint.
 *
 * <p>One thread writes and closes; the counters may be read from any thread. The writing thread
 * must not be interrupted: Java would close the file under it.
 */
public final class RecordingWriter implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(RecordingWriter.class);

  private final Path path;

  /** Fair, or frames in quick succession could keep the checkpoints waiting. */
  private final ReentrantLock lock = new ReentrantLock(true);

  private final FileTree tree;
  private final Checkpointer checkpointer;
  private IOException failure;
  private boolean lastStateFailed;
  private boolean closed;

  RecordingWriter(RecordingOptions options, FileTree tree) throws IOException {
    this.path = options.file();
    this.tree = tree;
    this.checkpointer =
        new Checkpointer(lock, tree, new Presence(path), options.checkpointInterval());
    checkpointer.start();
  }

  /**
   * Creates or continues a file, which is valid when this returns, with 0 frames in a new entry.
   *
   * @throws java.nio.file.FileAlreadyExistsException when the file exists and must not
   * @throws IOException naming the file and what is wrong
   */
  public static RecordingWriter open(RecordingOptions options, EntryDescription entry)
      throws IOException {
    return open(options, entry, UnaryOperator.identity());
  }

  static RecordingWriter open(
      RecordingOptions options, EntryDescription entry, UnaryOperator<Disk> tap)
      throws IOException {
    return new RecordingWriter(options, new RecordingOpener(options, entry, tap).open());
  }

  /**
   * Adds a frame to the current entry.
   *
   * @param frameNumber above all frame numbers of the entry so far
   * @param timestampNs UTC epoch nanoseconds
   * @param pixels exactly one frame, little-endian, heap or direct; lent for this call
   * @throws IOException when this frame, or a checkpoint before it, could not be written; nothing
   *     more can be written then, and {@link #frames} tells what is kept
   */
  public void append(long frameNumber, long timestampNs, ByteBuffer pixels) throws IOException {
    append(frameNumber, timestampNs, Origin.NONE, pixels);
  }

  /**
   * Adds a frame that may have been sent from a recording.
   *
   * @param origin number and time that it had there; of the same kind for all frames of an entry
   * @throws IOException as above
   */
  public void append(long frameNumber, long timestampNs, Origin origin, ByteBuffer pixels)
      throws IOException {
    append(new FrameNotes(frameNumber, timestampNs, origin), FramePixels.of(pixels));
  }

  /**
   * Adds a frame, with what is missing before it.
   *
   * @param pixels exactly one frame, little-endian, lent for this call
   * @return false when they were overwritten before they were taken; then nothing was added
   * @throws IOException as above
   */
  public boolean append(FrameNotes notes, FramePixels pixels) throws IOException {
    return tryTo("frame " + notes.number(), () -> tree.entry().append(notes, pixels));
  }

  /** Frames in a chunk of the current entry. */
  public int framesPerChunk() {
    lock.lock();
    try {
      return tree.entry().framesPerChunk();
    } finally {
      lock.unlock();
    }
  }

  /** Adds a chunk of frames that are compressed already, where a new chunk begins. */
  public void appendChunk(DeflatedChunk chunk) throws IOException {
    write("frame " + chunk.numbers().get(0), () -> tree.entry().appendChunk(chunk));
  }

  /** Says when the entry ended that the current one repeats, and whether it did so in order. */
  public void ended(Instant when, boolean inOrder) {
    lock.lock();
    try {
      tree.entry().ended(when, inOrder);
    } finally {
      lock.unlock();
    }
  }

  /** Notes that {@code count} frames from {@code first} on are missing from the current entry. */
  public void missing(long first, long count) throws IOException {
    write("missing frame " + first, () -> tree.entry().missing(first, count));
  }

  /**
   * Notes that the camera was gone for a time; its frames are numbered without a hole there.
   *
   * @param firstFrameAfter number of the first frame after it
   * @param durationMs milliseconds between that frame and the one before
   */
  public void outage(long firstFrameAfter, long durationMs) throws IOException {
    Outage outage = new Outage(firstFrameAfter, durationMs);
    write("an outage", () -> tree.entry().outage(outage));
  }

  /** Counts frames that came while the current entry is being written, and are not in it. */
  public void unwanted(Unwanted more) throws IOException {
    write("a count of frames", () -> tree.entry().unwanted(more));
  }

  /**
   * Completes the current entry and begins another, {@code entry_2} and so on; the next checkpoint
   * makes both safe.
   */
  public void beginEntry(EntryDescription entry) throws IOException {
    write("a new entry", () -> tree.beginEntry(entry));
  }

  /** Asks for a checkpoint now; {@link #checkpointedFrames} tells when it is done. */
  public void checkpoint() {
    lock.lock();
    try {
      checkpointer.request();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Frames of all entries written by this writer, in the file or on their way; once a write has
   * failed only those that are kept.
   */
  public long frames() {
    lock.lock();
    try {
      return failure == null ? tree.framesTaken() : kept();
    } finally {
      lock.unlock();
    }
  }

  /** Frames that no crash can take away any more: those of the last complete checkpoint. */
  public long checkpointedFrames() {
    lock.lock();
    try {
      return tree.durableFrames();
    } finally {
      lock.unlock();
    }
  }

  /** Frames noted as missing, in all entries written by this writer. */
  public long missingFrames() {
    lock.lock();
    try {
      return tree.missingFrames();
    } finally {
      lock.unlock();
    }
  }

  /** Bytes written to the file so far, pixels and metadata. */
  public long bytesWritten() {
    return tree.file().bytesWritten();
  }

  /**
   * What the time went into so far: {@code write}, writes of pixels and metadata; {@code force},
   * waits for the disk; {@code checkpoint}, whole checkpoints, waits included.
   */
  public Map<String, CallTiming> timings() {
    FileBody file = tree.file();
    Map<String, CallTiming> timings = new LinkedHashMap<>();
    timings.put("write", file.writeTiming());
    timings.put("force", file.forceTiming());
    timings.put("checkpoint", checkpointer.timing());
    return timings;
  }

  /**
   * Makes the last checkpoint, with the end time, and closes the file. After a failed write it
   * saves what is in the file, on a full disk too.
   *
   * @throws IOException when the last checkpoint could not be made, and the one before stays valid;
   *     or when frames were still to be written and could not
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    checkpointer.stop();
    lock.lock();
    try (FileBody file = tree.file()) {
      finish(file);
    } finally {
      tree.entry().close();
      lock.unlock();
    }
  }

  private void finish(FileBody file) throws IOException {
    boolean known = failure != null;
    if (!known) {
      try {
        tree.entry().complete(true);
        checkpointer.now();
        file.cutToEnd();
        return;
      } catch (IOException e) {
        failure = explain("the last checkpoint", e);
        LOG.warn("{}", failure.getMessage());
      }
    }
    if (file.forceFailed()) {
      // What the disk did not confirm may be lost whatever it says later. The last checkpoint is
      // safe, as long as no superblock points to anything newer.
      throw failure;
    }
    try {
      tree.entry().complete(false);
      Snapshot snapshot = tree.emergencySnapshot();
      snapshot.commit(file);
      tree.settle(snapshot);
    } catch (IOException e) {
      lastStateFailed = true;
      e.addSuppressed(failure);
      throw explain("the last checkpoint", e);
    }
    boolean framesLost = tree.framesTaken() > tree.framesInFile();
    if ((framesLost && !known) || failure.getCause() instanceof Presence.GoneException) {
      throw failure;
    }
  }

  private void write(String what, Step step) throws IOException {
    tryTo(
        what,
        () -> {
          step.run();
          return true;
        });
  }

  private boolean tryTo(String what, Attempt attempt) throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new IOException(path + ": is closed, cannot write " + what);
      }
      if (failure == null && checkpointer.failure() != null) {
        failure = explain("a checkpoint", checkpointer.failure());
      }
      if (failure != null) {
        throw new IOException(failure.getMessage(), failure);
      }
      boolean isDone = attempt.succeeds();
      checkpointer.changed();
      return isDone;
    } catch (IOException e) {
      if (failure == null && !closed) {
        failure = explain(what, e);
        throw failure;
      }
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** Frames that remain after a failure; a disk that cannot confirm keeps what it confirmed. */
  private long kept() {
    boolean onlyDurable = lastStateFailed || tree.file().forceFailed();
    return onlyDurable ? tree.durableFrames() : tree.framesInFile();
  }

  private IOException explain(String what, IOException cause) {
    boolean gone = cause instanceof Presence.GoneException;
    String kept = gone ? "" : "; " + kept() + " frames are kept";
    return new IOException(
        path + ": cannot write " + what + ": " + cause.getMessage() + kept, cause);
  }

  /** Something that writes. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /** Something that writes, or finds that it cannot be done. */
  @FunctionalInterface
  private interface Attempt {
    boolean succeeds() throws IOException;
  }
}
