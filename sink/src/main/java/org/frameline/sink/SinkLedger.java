package org.frameline.sink;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.frameline.program.StreamCounts;
import org.frameline.program.StreamTally;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.ReceivedFrames;

/**
 * Which frames of which streams arrived. Results come in any order, so only the end of a stream, or
 * the ventilator's word that frames will not come any more, tells what is missing. Not thread-safe.
 */
final class SinkLedger {
  static final int MOST_STREAMS = 1_000;
  private static final long UNKNOWN = -1;

  private static final class Stream {
    private final FrameSet frames = new FrameSet();
    private long first = UNKNOWN;
    private long settled;
    private long published = UNKNOWN;
    private long duplicates;
    private long malformed;

    long from() {
      return first == UNKNOWN ? frames.first() : first;
    }

    long missing() {
      long to = published == UNKNOWN ? Math.max(settled, frames.end()) : published;
      return frames.missing(from(), to).stream().mapToLong(FrameSet.Run::count).sum();
    }
  }

  private final Map<String, Stream> streams = new LinkedHashMap<>();
  private long received;
  private long duplicates;
  private long refused;
  private long resumed;

  /** Counts a frame; false when it was there already, or belongs to one stream too many. */
  boolean add(String stream, long frame) {
    Stream known = stream(stream);
    if (known == null) {
      refused++;
      return false;
    }
    if (!known.frames.add(frame)) {
      duplicates++;
      known.duplicates++;
      return false;
    }
    received++;
    return true;
  }

  /** A malformed message came among the frames of a stream. */
  void malformed(String name) {
    Stream stream = stream(name);
    if (stream != null) {
      stream.malformed++;
    }
  }

  /**
   * What was counted of each stream.
   *
   * @param late how many frames of a stream came too late for the file
   */
  List<StreamCounts> counts(ToLongFunction<String> late) {
    List<StreamCounts> counts = new ArrayList<>();
    streams.forEach(
        (name, stream) -> {
          long tooLate = late.applyAsLong(name);
          long frames = stream.frames.size();
          counts.add(
              new StreamCounts(
                  StreamTally.shortened(name),
                  stream.from(),
                  frames,
                  frames - tooLate,
                  stream.missing(),
                  Map.of(),
                  stream.duplicates,
                  tooLate,
                  stream.malformed));
        });
    return StreamCounts.bounded(counts);
  }

  /** A stream, new or not; null when there are too many. */
  private Stream stream(String name) {
    Stream stream = streams.get(name);
    if (stream == null && streams.size() < MOST_STREAMS) {
      stream = new Stream();
      streams.put(name, stream);
    }
    return stream;
  }

  /**
   * The ventilator says with which frame it began. One that was restarted begins later; what lies
   * between is missing all the same.
   */
  void beginsAt(String name, long first) {
    Stream stream = stream(name);
    if (stream != null) {
      stream.first = stream.first == UNKNOWN ? first : Math.min(stream.first, first);
    }
  }

  /** The ventilator says that no frame below this one will be dealt out any more. */
  void settledBelow(String name, long from) {
    Stream stream = stream(name);
    if (stream != null) {
      stream.settled = Math.max(stream.settled, from);
    }
  }

  /** An earlier run of the sink has kept these, and decided about all below the last of them. */
  void resume(String name, FrameSet kept) {
    Stream stream = stream(name);
    if (stream != null && kept.size() > 0) {
      stream.frames.addAll(kept);
      stream.first = kept.first();
      stream.settled = kept.end();
      resumed += kept.size();
    }
  }

  /** Frames that an earlier run of the sink has kept. */
  long resumed() {
    return resumed;
  }

  /** The stream that came last of which there is anything, or null. */
  String lastStream() {
    String last = null;
    for (Map.Entry<String, Stream> entry : streams.entrySet()) {
      last = entry.getValue().frames.size() > 0 ? entry.getKey() : last;
    }
    return last;
  }

  /** All frames of a stream below this one are here, or will not come any more. */
  long completeBelow(String name) {
    Stream stream = streams.get(name);
    long from = stream == null ? 0 : Math.max(stream.settled, Math.max(0, stream.first));
    return receivedFrom(name, from, 0).below();
  }

  /** What has arrived of a stream from a frame on. */
  ReceivedFrames receivedFrom(String name, long from, int mostRuns) {
    Stream stream = streams.get(name);
    return ReceivedFrames.of(name, stream == null ? new FrameSet() : stream.frames, from, mostRuns);
  }

  /** The ventilator says how many frames were published. */
  void endsAt(String name, long frames) {
    Stream stream = stream(name);
    if (stream != null) {
      stream.published = frames;
    }
  }

  /** The first frame that should come of a stream, 0 when nobody said. */
  long firstExpected(String name) {
    Stream stream = streams.get(name);
    return stream == null ? 0 : Math.max(0, stream.first);
  }

  /** Different frames that arrived, of all streams. */
  long received() {
    return received;
  }

  long duplicates() {
    return duplicates;
  }

  /** Frames of streams beyond the {@value #MOST_STREAMS} that are kept apart. */
  long refused() {
    return refused;
  }

  /** Frames between the first and the last of each stream that did not arrive. */
  long missing() {
    return streams.values().stream().mapToLong(Stream::missing).sum();
  }
}
