package org.frameline.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The sink's acknowledgement for one stream, by frame number. Immutable.
 *
 * @param stream names the stream
 * @param below the sink has all frames from the one that was asked for up to, and without, this
 * @param runs what it has above that, ascending
 * @param kept what it has below this it has for good, also when it is killed; the rest is in its
 *     memory alone
 */
public record ReceivedFrames(String stream, long below, List<FrameSet.Run> runs, long kept) {
  /** All that was received is kept as well as it ever will be. */
  public static final long ALL_KEPT = Long.MAX_VALUE;

  private static final String KEY = "acknowledged";

  public ReceivedFrames {
    Objects.requireNonNull(stream, "stream");
    runs = List.copyOf(runs);
    if (below < 0) {
      throw new IllegalArgumentException("below: expected 0 or more, found " + below);
    }
  }

  /** Received is kept. */
  public ReceivedFrames(String stream, long below, List<FrameSet.Run> runs) {
    this(stream, below, runs, ALL_KEPT);
  }

  /** The same, of which only what is below a frame is kept. */
  public ReceivedFrames keptBelow(long frame) {
    return new ReceivedFrames(stream, below, runs, frame);
  }

  /**
   * What a set holds from a frame on.
   *
   * @param mostRuns so many runs are named; what lies above them is named when it is their turn
   */
  public static ReceivedFrames of(String stream, FrameSet frames, long from, int mostRuns) {
    List<FrameSet.Run> runs = frames.runsFrom(from, mostRuns + 1);
    boolean begins = !runs.isEmpty() && runs.get(0).first() == from;
    long below = begins ? runs.get(0).end() : from;
    List<FrameSet.Run> above = begins ? runs.subList(1, runs.size()) : runs;
    return new ReceivedFrames(
        stream, below, above.size() > mostRuns ? above.subList(0, mostRuns) : above);
  }

  /** The answer with these acknowledgements in it. */
  public static ControlMessage put(ControlMessage answer, List<ReceivedFrames> streams) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (ReceivedFrames received : streams) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("stream", received.stream);
      one.put("below", received.below);
      one.put("runs", received.runs.stream().map(FrameSet.Run::toPair).toList());
      if (received.kept != ALL_KEPT) {
        one.put("kept", received.kept);
      }
      all.add(one);
    }
    return answer.with(KEY, all);
  }

  /**
   * The acknowledgements in an answer.
   *
   * @throws MalformedMessageException when the answer has none, or one that is not as
   *     docs/wire-format.md says
   */
  public static List<ReceivedFrames> in(ControlMessage answer) throws MalformedMessageException {
    if (!(answer.fields().get(KEY) instanceof List<?>)) {
      throw new MalformedMessageException(
          "answer." + KEY, "a list", String.valueOf(answer.fields().get(KEY)));
    }
    List<ReceivedFrames> all = new ArrayList<>();
    for (ControlMessage one : answer.objects(KEY)) {
      String stream = one.text("stream").orElseThrow(() -> wrong("stream", "a text", one.fields()));
      long below = one.count("below").orElseThrow(() -> wrong("below", "a count", one.fields()));
      all.add(new ReceivedFrames(stream, below, runs(one), one.count("kept").orElse(ALL_KEPT)));
    }
    return all;
  }

  private static List<FrameSet.Run> runs(ControlMessage one) throws MalformedMessageException {
    List<FrameSet.Run> runs = new ArrayList<>();
    if (!(one.fields().get("runs") instanceof List<?> list)) {
      throw wrong("runs", "a list", one.fields());
    }
    for (Object pair : list) {
      if (!(pair instanceof List<?> two)
          || two.size() != 2
          || !(two.get(0) instanceof Number first)
          || !(two.get(1) instanceof Number count)
          || first.longValue() < 0
          || count.longValue() < 1
          || first.longValue() > FrameHeader.MAX_FRAME
          || count.longValue() > FrameHeader.MAX_FRAME) {
        throw wrong("runs", "pairs of first frame and count", one.fields());
      }
      runs.add(new FrameSet.Run(first.longValue(), count.longValue()));
    }
    return runs;
  }

  private static MalformedMessageException wrong(
      String key, String expected, Map<String, Object> found) {
    return new MalformedMessageException("answer." + KEY + "." + key, expected, found);
  }
}
