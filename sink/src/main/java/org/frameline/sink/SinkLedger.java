package org.frameline.sink;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.frameline.program.StreamCounts;
import org.frameline.program.StreamTally;
import org.frameline.protocol.DealtStream;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.ReceivedFrames;

/**
 * Which frames of which streams arrived. Results come in any order, so only the end of a stream, or
 * the ventilator's word that frames will not come any more, tells what is missing; and only its
 * word tells which may come at all. What else comes is strange: it is counted, and changes nothing.
 * Not thread-safe.
 */
final class SinkLedger {
  static final int MOST_STREAMS = 1_000;
  private static final long UNKNOWN = -1;

  /** What a result is when it comes. */
  enum Verdict {
    /** It is wanted. */
    NEW,
    /** It was there already. */
    DUPLICATE,
    /** No ventilator has named any stream yet: whoever was asked for it will be asked again. */
    EARLY,
    /** The ventilator has not named its stream. */
    STREAM_NOT_NAMED,
    /** The ventilator has not dealt out this frame of the stream. */
    FRAME_NOT_DEALT;

    /** Whether it is dropped, whatever it brings. */
    boolean isUnasked() {
      return this == EARLY || this == STREAM_NOT_NAMED || this == FRAME_NOT_DEALT;
    }
  }

  private static final class Stream {
    private final FrameSet frames = new FrameSet();
    private long first = UNKNOWN;
    private boolean isNamed;
    private long to;
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
  private boolean isAnyNamed;
  private long early;
  private long strange;
  private long resumed;

  /** Counts a frame. */
  Verdict add(String stream, long frame) {
    Verdict verdict = judge(stream, frame);
    switch (verdict) {
      case NEW -> {
        streams.get(stream).frames.add(frame);
        received++;
      }
      case DUPLICATE -> {
        duplicates++;
        streams.get(stream).duplicates++;
      }
      case EARLY -> early++;
      case STREAM_NOT_NAMED, FRAME_NOT_DEALT -> strange++;
    }
    return verdict;
  }

  /** What a result would be; nothing is counted. */
  Verdict judge(String name, long frame) {
    Stream stream = streams.get(name);
    if (stream != null && stream.frames.contains(frame)) {
      return Verdict.DUPLICATE;
    }
    if (stream == null || !stream.isNamed) {
      return isAnyNamed ? Verdict.STREAM_NOT_NAMED : Verdict.EARLY;
    }
    boolean isDealt = frame >= stream.first && frame < stream.to;
    return isDealt ? Verdict.NEW : Verdict.FRAME_NOT_DEALT;
  }

  /** A malformed message came among the frames of a stream. */
  void malformed(String name) {
    Stream stream = streams.get(name);
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
   * The ventilator names a stream that it deals out. One that was restarted begins with a later
   * frame; what lies between is missing all the same. Below {@code from} nothing will be dealt out
   * any more, nor, until it says so, from {@code to} on; that only grows, since results of an
   * earlier ventilator may be under way.
   */
  void name(DealtStream dealt) {
    Stream stream = stream(dealt.stream());
    if (stream != null) {
      long first = dealt.first();
      stream.first = stream.first == UNKNOWN ? first : Math.min(stream.first, first);
      stream.isNamed = true;
      isAnyNamed = true;
      stream.settled = Math.max(stream.settled, dealt.from());
      stream.to = Math.max(stream.to, dealt.to());
    }
  }

  /**
   * Nothing was dealt out of a stream from this frame on, nor will be. What has come of it is
   * strange after all.
   */
  void endsBefore(String name, long to) {
    Stream stream = streams.get(name);
    if (stream != null && to < stream.to) {
      stream.to = to;
      long removed = stream.frames.removeFrom(to);
      received -= removed;
      strange += removed;
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
    Stream stream = streams.get(name);
    if (stream != null) {
      stream.published = frames;
      endsBefore(name, frames);
    }
  }

  /** Different frames that arrived, of all streams. */
  long received() {
    return received;
  }

  long duplicates() {
    return duplicates;
  }

  /** Results that came before the ventilator had named any stream. */
  long early() {
    return early;
  }

  /** Results that the ventilator has not dealt out, or of streams that it has not named. */
  long strange() {
    return strange;
  }

  /** Frames between the first and the last of each stream that did not arrive. */
  long missing() {
    return streams.values().stream().mapToLong(Stream::missing).sum();
  }
}
