package org.frameline.recording.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.frameline.recording.EntryNames;
import org.frameline.recording.stored.DamageException;
import org.frameline.recording.stored.StoredFile;
import org.frameline.recording.stored.StoredHeader;
import org.frameline.recording.stored.StoredTexts;
import org.frameline.recording.stored.WriterLock;

/**
 * Checks a recording from end to end, without believing anything that it says: structure, every
 * chunk, and whether its numbers add up. Memory does not depend on the size of the file. Its own
 * reader rather than a library's, because the file may be damaged: every size is compared with the
 * end of the file before it is used, and every error knows its place.
 */
public final class RecordingCheck {

  private RecordingCheck() {}

  /** How a recording ended. */
  public enum State {
    CLOSED("closed in order"),
    BEING_WRITTEN("being written"),
    INTERRUPTED("interrupted"),
    CUT_SHORT("cut short");

    private final String words;

    State(String words) {
      this.words = words;
    }

    static State of(StoredFile file, boolean beingWritten, boolean closed) {
      if (file.expectedBytes().isPresent()) {
        return CUT_SHORT;
      }
      return beingWritten ? BEING_WRITTEN : closed ? CLOSED : INTERRUPTED;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  /**
   * What is there.
   *
   * @param entries how many entries
   * @param frames frames in all of them
   * @param missing frames listed as missing
   * @param outages times in which the camera was gone
   * @param damages how many findings are damage
   * @param strange frames that came although nobody had asked for them
   * @param unprotected how many entries have pixels without checksums
   * @param state how it ended
   * @param tailBytes bytes behind the last checkpoint, which no reader sees
   * @param stopped whether the check was stopped before its end
   */
  public record Result(
      int entries,
      long frames,
      long missing,
      long outages,
      long damages,
      long strange,
      int unprotected,
      State state,
      long tailBytes,
      boolean stopped) {}

  /**
   * Checks a file.
   *
   * @param sink gets what is found, in the order of the file's entries
   * @param stop ends the check early
   * @return what is there, as far as it can be told
   */
  public static Result check(Path path, Consumer<Finding> sink, BooleanSupplier stop) {
    Findings general = new Findings("", sink);
    boolean written = WriterLock.isHeld(path);
    try (StoredFile file = StoredFile.open(path)) {
      return check(file, written, general, sink, stop);
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      // Nothing that it has read was believed; what still goes wrong is the file's fault as well.
      general.damage(readable(path, e));
      State state = written ? State.BEING_WRITTEN : State.INTERRUPTED;
      return new Result(0, 0, 0, 0, general.damages(), 0, 0, state, 0, stop.getAsBoolean());
    }
  }

  private static Throwable readable(Path path, Throwable failure) {
    if (!Files.exists(path)) {
      return new IOException("there is no such file");
    }
    if (Files.isDirectory(path)) {
      return new IOException("is a folder, expected a recording");
    }
    return Files.isReadable(path) ? failure : new IOException("may not be read by this user");
  }

  private static Result check(
      StoredFile file,
      boolean written,
      Findings general,
      Consumer<Finding> sink,
      BooleanSupplier stop)
      throws IOException {
    long tail = file.length() - file.superblock().endOfFile();
    if (file.expectedBytes().isPresent()) {
      general.damage(
          new DamageException(
              file.length(),
              "the file is cut short: expected "
                  + file.expectedBytes().getAsLong()
                  + " bytes, found "
                  + file.length()
                  + (tail < 0 ? "" : "; what is left is that of an earlier checkpoint")));
    }
    StoredTexts texts = new StoredTexts(file);
    StoredHeader root = StoredHeader.read(file, file.superblock().rootAddress(), "/");
    texts.requireAttributes(root);
    new NameCheck(file, texts, general).one(root);
    int entries = 0;
    long frames = 0;
    long missing = 0;
    long outages = 0;
    long damages = 0;
    long strange = 0;
    int unprotected = 0;
    boolean closed = true;
    for (Map.Entry<String, Long> link : root.links().entrySet()) {
      // Others may have added groups of their own.
      if (EntryNames.isEntry(link.getKey())) {
        Findings findings = new Findings(link.getKey(), sink);
        EntryCheck entry = new EntryCheck(file, texts, link.getKey(), findings);
        entry.run(link.getValue(), stop);
        entries++;
        frames += entry.frames();
        missing += entry.missingFrames();
        outages += entry.outages();
        damages += findings.damages();
        strange += entry.unwanted().strange();
        unprotected += entry.unprotected() ? 1 : 0;
        closed &= entry.closed();
      }
    }
    if (entries == 0) {
      general.damage(new IOException("expected a recording, found no entry in this HDF5 file"));
    }
    State state = State.of(file, written, closed);
    return new Result(
        entries,
        frames,
        missing,
        outages,
        damages + general.damages(),
        strange,
        unprotected,
        state,
        Math.max(0, tail),
        stop.getAsBoolean());
  }
}
