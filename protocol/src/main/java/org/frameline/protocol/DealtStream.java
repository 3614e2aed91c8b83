package org.frameline.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a ventilator says of one stream in a question to the sink. Immutable.
 *
 * @param stream names the stream
 * @param first the first frame of it that counts
 * @param from all frames below are settled, acknowledged or given up: none of them will be dealt
 *     out again, and the ventilator asks what the sink has from here on
 * @param to no frame from here on is dealt out before the sink has answered a question that says
 *     so; {@link #UNLIMITED} when nobody said
 * @param over nothing more of this stream will be dealt out at all
 */
public record DealtStream(String stream, long first, long from, long to, boolean over) {
  /** Behind the highest frame number there is. */
  public static final long UNLIMITED = FrameHeader.MAX_FRAME + 1;

  private static final String KEY = "dealt";

  /** A ventilator deals out one stream, and at a restart of the publisher two. */
  public static final int MOST = 4;

  public DealtStream {
    Objects.requireNonNull(stream, "stream");
    if (first < 0 || from < 0 || first > FrameHeader.MAX_FRAME || from > FrameHeader.MAX_FRAME) {
      throw new IllegalArgumentException(
          "expected first and from between 0 and 2^53-1, found first=" + first + " from=" + from);
    }
    if (to < 0 || to > UNLIMITED) {
      throw new IllegalArgumentException("expected to between 0 and 2^53, found " + to);
    }
  }

  /** The question with these streams in it. */
  public static ControlMessage put(ControlMessage question, List<DealtStream> streams) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (DealtStream dealt : streams) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("stream", dealt.stream);
      one.put("first", dealt.first);
      one.put("from", dealt.from);
      if (dealt.to != UNLIMITED) {
        one.put("to", dealt.to);
      }
      one.put("over", dealt.over);
      all.add(one);
    }
    return question.with(KEY, all);
  }

  /**
   * The streams in a question, at most {@value #MOST}; what is malformed is left out. A ventilator
   * that knows no more than {@code stream} and {@code first} is asked about from its first frame.
   */
  public static List<DealtStream> of(ControlMessage question) {
    List<DealtStream> streams = new ArrayList<>();
    for (ControlMessage one : question.objects(KEY)) {
      read(one, "from").ifPresent(streams::add);
    }
    if (streams.isEmpty()) {
      read(question, "first").ifPresent(streams::add);
    }
    return streams.size() > MOST ? streams.subList(0, MOST) : streams;
  }

  private static Optional<DealtStream> read(ControlMessage one, String from) {
    return one.text("stream")
        .filter(name -> !name.isEmpty())
        .flatMap(
            name ->
                one.count("first")
                    .flatMap(
                        first ->
                            one.count(from)
                                .map(
                                    next ->
                                        new DealtStream(
                                            name,
                                            first,
                                            next,
                                            one.count("to").orElse(UNLIMITED),
                                            one.isTrue("over")))));
  }
}
