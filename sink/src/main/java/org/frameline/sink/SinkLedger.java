package org.frameline.sink;

import java.util.LinkedHashMap;
import java.util.Map;
import org.frameline.protocol.FrameSet;

/**
 * Which frames of which streams arrived. Results come in any order, so only the end of a stream
 * tells what is missing. Not thread-safe.
 */
final class SinkLedger {
  private static final int MOST_STREAMS = 1_000;

  private final Map<String, FrameSet> streams = new LinkedHashMap<>();
  private long received;
  private long duplicates;
  private String lastStream = "";
  private long firstExpected = -1;
  private long published = -1;

  /** Counts a frame; false when it was there already, or belongs to one stream too many. */
  boolean add(String stream, long frame) {
    FrameSet frames = streams.get(stream);
    if (frames == null) {
      if (streams.size() >= MOST_STREAMS) {
        return false;
      }
      frames = new FrameSet();
      streams.put(stream, frames);
      if (!stream.equals(lastStream)) {
        lastStream = stream;
        firstExpected = -1;
        published = -1;
      }
    }
    if (!frames.add(frame)) {
      duplicates++;
      return false;
    }
    received++;
    return true;
  }

  /** The ventilator says with which frame it began. */
  void beginsAt(String stream, long first) {
    lastStream = stream;
    firstExpected = first;
  }

  /** The ventilator says how many frames were published. */
  void endsAt(String stream, long frames) {
    lastStream = stream;
    published = frames;
  }

  /** The first frame that should come of the current stream, 0 when nobody said. */
  long firstExpected() {
    return Math.max(0, firstExpected);
  }

  /** Different frames that arrived, of all streams. */
  long received() {
    return received;
  }

  long duplicates() {
    return duplicates;
  }

  /** Frames between the first and the last of each stream that did not arrive. */
  long missing() {
    long missing = 0;
    for (Map.Entry<String, FrameSet> entry : streams.entrySet()) {
      FrameSet frames = entry.getValue();
      boolean current = entry.getKey().equals(lastStream);
      long first = current && firstExpected >= 0 ? firstExpected : frames.first();
      long end = current && published >= 0 ? published : frames.end();
      missing += frames.missing(first, end).stream().mapToLong(FrameSet.Run::count).sum();
    }
    if (!streams.containsKey(lastStream) && published > firstExpected()) {
      missing += published - firstExpected();
    }
    return missing;
  }
}
