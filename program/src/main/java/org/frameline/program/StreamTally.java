package org.frameline.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts per stream. Whoever sends many streams fills no memory and no answer: beyond {@value
 * #MOST_STREAMS} the one that was quiet longest goes into one sum. Not thread-safe.
 */
public final class StreamTally {
  /** Stands for the stream where nobody can tell, as for a malformed message before any frame. */
  public static final String UNKNOWN = "unknown";

  /** Stands for all streams that are not kept apart any more. */
  public static final String EARLIER = "earlier streams";

  /** So many fit into one answer on a control socket. */
  public static final int MOST_STREAMS = 50;

  private static final int LONGEST_NAME = 100;

  /** Counts of one stream. */
  public static final class Counter {
    private final String stream;
    private final Map<String, Long> dropped = new LinkedHashMap<>();
    private long first;
    private long received;
    private long processed;
    private long missing;
    private long duplicate;
    private long late;
    private long malformed;

    private Counter(String stream) {
      this.stream = stream;
    }

    public void startsAt(long firstFrame) {
      first = firstFrame;
    }

    public void received() {
      received++;
    }

    public void processed() {
      processed++;
    }

    /** Some of those that went out are dropped after all; nothing happens for 0. */
    public void processedInVain(String cause, long frames) {
      if (frames > 0) {
        processed -= frames;
        dropped.merge(cause, frames, Long::sum);
      }
    }

    public void missing(long frames) {
      missing += frames;
    }

    /** A frame came in and will not go out; causes are few and our own words. */
    public void dropped(String cause) {
      dropped.merge(cause, 1L, Long::sum);
    }

    public void duplicate() {
      duplicate++;
    }

    public void late() {
      late++;
    }

    public void malformed() {
      malformed++;
    }

    private StreamCounts counts() {
      return new StreamCounts(
          stream, first, received, processed, missing, dropped, duplicate, late, malformed);
    }
  }

  private final Map<String, Counter> counters = new LinkedHashMap<>(16, 0.75f, true);
  private StreamCounts earlier = StreamCounts.none();
  private boolean hasEarlier;

  /** The counter of a stream, which begins with zeros when the stream is new; null is unknown. */
  public Counter of(String stream) {
    String name = stream == null ? UNKNOWN : shortened(stream);
    Counter counter = counters.get(name);
    if (counter == null) {
      makeRoom();
      counter = new Counter(name);
      counters.put(name, counter);
    }
    return counter;
  }

  /** Names of this length at most, so that all fit into an answer. */
  public static String shortened(String stream) {
    return stream.length() <= LONGEST_NAME ? stream : stream.substring(0, LONGEST_NAME);
  }

  private void makeRoom() {
    if (counters.size() < MOST_STREAMS) {
      return;
    }
    String quietest = counters.keySet().iterator().next();
    earlier = earlier.plus(counters.remove(quietest).counts());
    hasEarlier = true;
  }

  /** All streams, the one that was counted last at the end. */
  public List<StreamCounts> counts() {
    List<StreamCounts> all = new ArrayList<>();
    if (hasEarlier) {
      all.add(earlier);
    }
    counters.values().forEach(counter -> all.add(counter.counts()));
    return all;
  }

  /** As {@link #counts}, for a report or an answer. */
  public List<Map<String, Object>> toReport() {
    return counts().stream().map(StreamCounts::toReport).toList();
  }
}
