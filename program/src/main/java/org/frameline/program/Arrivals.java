package org.frameline.program;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.SequenceLedger;
import org.frameline.protocol.StreamMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the publisher's frames came to one who takes them in order, and which did not: in all,
 * and per stream. A gap is logged. Not thread-safe.
 */
public final class Arrivals {
  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  private final SequenceLedger ledger = new SequenceLedger();
  private final StreamTally counts = new StreamTally();

  /** What was seen in all. Whoever subscribes says in it from where on a stream is wanted. */
  public SequenceLedger ledger() {
    return ledger;
  }

  /** What a frame is when it is taken next; nothing is counted yet. */
  public SequenceLedger.Arrival expect(String stream, long frame) {
    return ledger.expect(stream, frame);
  }

  /** Counts a frame; one that is repeated needs nothing more. */
  public SequenceLedger.Arrival take(String stream, long frame) {
    SequenceLedger.Arrival arrival = ledger.observe(stream, frame);
    StreamTally.Counter counter = counts.of(stream);
    if (arrival.isRepeated()) {
      counter.duplicate();
      return arrival;
    }
    counter.startsAt(ledger.first());
    counter.received();
    note(arrival.gap(), counter);
    return arrival;
  }

  /** Counts what did not come before the end of a stream, and returns it. */
  public Optional<FrameSet.Run> end(StreamMessage.SeriesEnd end) {
    Optional<FrameSet.Run> gap = ledger.end(end.stream(), end.frames());
    StreamTally.Counter counter = counts.of(end.stream());
    if (end.stream().equals(ledger.stream())) {
      counter.startsAt(ledger.first());
    }
    note(gap, counter);
    return gap;
  }

  private static void note(Optional<FrameSet.Run> gap, StreamTally.Counter counter) {
    gap.ifPresent(
        run -> {
          counter.missing(run.count());
          LOG.warn("{} frames missing from frame {} on", run.count(), run.first());
        });
  }

  /** A message that broke the wire format came among the frames of the stream being taken. */
  public void malformed() {
    counts.of(ledger.stream()).malformed();
  }

  /** Where the further way of a stream's frames is counted. */
  public StreamTally.Counter of(String stream) {
    return counts.of(stream);
  }

  /** All streams, for a report or an answer. */
  public List<Map<String, Object>> toReport() {
    return counts.toReport();
  }
}
