package org.frameline.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.frameline.program.ProgramException;
import org.frameline.program.Progress;
import org.frameline.program.StopSignal;
import org.frameline.program.Waiting;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.transfer.FileFetch.Outcome;
import org.frameline.transfer.NotServedException.Reason;

/**
 * Fills a part with the pieces of a file, pass after pass, until it is as the file. A pass compares
 * all pieces, or those at the end of a recording that grows, and fetches what differs. Used once,
 * by one thread; does not own the part.
 */
final class PartFill {
  /** So much is compared, then fetched, before the next. */
  static final long STRIDE = 64L * Pieces.BYTES;

  /** Passes without an end of it: a file that changes all the time, or a disk that forgets. */
  private static final int MOST_PASSES = 10;

  private static final long LEAST_SHOWN = 4L * Pieces.BYTES;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final double BYTES_PER_MB = 1e6;

  private final RemoteFolder remote;
  private final FetchConfig config;
  private final StopSignal stop;
  private final String name;
  private final LocalFile part;
  private final Waiting waiting = new Waiting();

  /** Where the next pass begins: what is before it has been compared, or will be at the end. */
  private long from;

  /** Version of the recording that grows, to whose pieces {@link #from} belongs. */
  private String followed = "";

  private long fetchedBytes;
  private int passes;
  private int fruitless;

  PartFill(RemoteFolder remote, FetchConfig config, StopSignal stop, String name, LocalFile part) {
    this.remote = remote;
    this.config = config;
    this.stop = stop;
    this.name = name;
    this.part = part;
  }

  /** Bytes that came over the network. */
  long fetchedBytes() {
    return fetchedBytes;
  }

  /**
   * Fills it.
   *
   * @return the outcome
   * @throws StoppedException when the user stops while an answer is awaited
   */
  Outcome run() throws NotServedException, IOException {
    Optional<Outcome> outcome = Optional.empty();
    while (outcome.isEmpty()) {
      RemoteFile there = remote.look(name);
      boolean grows = there.checkpoint().isPresent();
      if (grows && !there.version().equals(followed)) {
        // The first time, or another recording has taken its name.
        from = 0;
        followed = there.version();
      }
      OptionalLong fetched = passUnlessItChanges(there);
      if (fetched.isPresent()) {
        outcome = grows ? growing(there) : finished(fetched.getAsLong());
      }
    }
    return outcome.get();
  }

  private OptionalLong passUnlessItChanges(RemoteFile there)
      throws NotServedException, IOException {
    try {
      return OptionalLong.of(pass(there));
    } catch (NotServedException e) {
      if (e.reason() == Reason.UNREADABLE) {
        throw e;
      }
      // Gone is changed too, if there is another one the next time.
      noteFruitless("it changes all the time there");
      from = 0;
      return OptionalLong.empty();
    }
  }

  private Optional<Outcome> growing(RemoteFile there) throws IOException {
    if (from == 0) {
      // From now on the part is a recording too, up to this checkpoint.
      part.write(0, there.checkpoint().orElseThrow().superblock().duplicate());
    }
    if (!config.follow()) {
      return Optional.of(Outcome.UP_TO_A_CHECKPOINT);
    }
    from = Pieces.begin(there.size());
    fruitless = 0;
    waiting.waitFor("the end of " + name + " at " + remote.endpoint());
    return stop.await(LOOK_AGAIN) ? Optional.of(Outcome.STOPPED) : Optional.empty();
  }

  private Optional<Outcome> finished(long fetched) {
    if (from == 0 && fetched == 0) {
      return Optional.of(Outcome.WHOLE);
    }
    if (from == 0) {
      noteFruitless("its pieces have other checksums than those at " + remote.endpoint());
    }
    // What had come while it grew may have been filled in meanwhile.
    from = 0;
    return Optional.empty();
  }

  private void noteFruitless(String why) {
    fruitless++;
    if (fruitless >= MOST_PASSES) {
      throw ProgramException.failed("cannot fetch " + name + ": " + why, null);
    }
  }

  /**
   * Compares, and fetches what differs.
   *
   * @return how many pieces were fetched
   */
  private long pass(RemoteFile there) throws NotServedException, IOException {
    if (part.length() > there.size()) {
      part.cut(there.size());
    }
    requireSpace(there.size() - part.length());
    Comparison comparison = new Comparison(remote, there, part);
    String task = passes++ == 0 ? "fetching" : "comparing";
    long pieces = 0;
    try (Progress progress =
        new Progress(task, megabytes(there.size()), "MB", () -> FileName.shown(name))) {
      for (long at = from; at < there.size(); at += STRIDE) {
        long end = Math.min(there.size(), at + STRIDE);
        List<Long> lacking = comparison.lacking(at, end);
        fetch(there, lacking, progress);
        pieces += lacking.size();
        show(progress, there, end);
      }
    }
    return pieces;
  }

  /** Not where all is done in a moment. */
  private void show(Progress progress, RemoteFile there, long done) {
    if (from == 0 && there.size() > LEAST_SHOWN) {
      progress.update(megabytes(done));
    }
  }

  private void fetch(RemoteFile there, List<Long> lacking, Progress progress)
      throws NotServedException, IOException {
    List<ControlMessage> questions =
        lacking.stream()
            .map(at -> there.question("read", at, Pieces.length(at, there.size())))
            .toList();
    remote.ask(
        questions,
        (index, answer, piece) -> {
          long at = lacking.get(index);
          requirePiece(answer, piece, Pieces.length(at, there.size()));
          part.write(at, ByteBuffer.wrap(piece));
          fetchedBytes += piece.length;
          show(progress, there, at);
        });
  }

  private static void requirePiece(ControlMessage answer, byte[] piece, int length)
      throws MalformedMessageException {
    if (piece.length != length) {
      throw new MalformedMessageException("piece", length + " bytes", piece.length + " bytes");
    }
    long crc = Pieces.crc32c(piece);
    if (answer.count("crc32c").orElse(-1L) != crc) {
      throw new MalformedMessageException(
          "crc32c", "that of the piece, " + crc, answer.fields().get("crc32c"));
    }
  }

  private void requireSpace(long bytes) throws IOException {
    long free = Files.getFileStore(config.out()).getUsableSpace();
    if (bytes > free) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s needs %d MB more, and %s has %d",
              FileName.shown(name),
              megabytes(bytes),
              config.out(),
              megabytes(free)));
    }
  }

  private static long megabytes(long bytes) {
    return Math.round(bytes / BYTES_PER_MB);
  }
}
