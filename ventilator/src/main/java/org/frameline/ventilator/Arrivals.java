package org.frameline.ventilator;

import java.util.List;
import java.util.Map;
import org.frameline.program.StreamTally;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.SequenceLedger;
import org.frameline.protocol.StreamMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which frames came from the publisher, and which did not. Not thread-safe. */
final class Arrivals {
  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  private final SequenceLedger ledger;
  private final StreamTally counts = new StreamTally();

  /** Counts what this ledger has seen, which the subscriber looks into too. */
  Arrivals(SequenceLedger ledger) {
    this.ledger = ledger;
  }

  /** Counts a frame; false when it was there before. */
  boolean take(String stream, long frame) {
    SequenceLedger.Arrival arrival = ledger.observe(stream, frame);
    StreamTally.Counter counter = counts.of(stream);
    noteGap(counter);
    if (arrival == SequenceLedger.Arrival.REPEATED) {
      counter.duplicate();
      return false;
    }
    counter.startsAt(ledger.first());
    counter.received();
    return true;
  }

  /** Counts what did not come before the end of a stream. */
  void end(StreamMessage.SeriesEnd end) {
    ledger.end(end.stream(), end.frames());
    StreamTally.Counter counter = counts.of(end.stream());
    if (end.stream().equals(ledger.stream())) {
      counter.startsAt(ledger.first());
    }
    noteGap(counter);
  }

  private void noteGap(StreamTally.Counter counter) {
    FrameSet.Run gap = ledger.gap();
    if (gap != null) {
      counter.missing(gap.count());
      LOG.warn("{} frames missing from frame {} on", gap.count(), gap.first());
    }
  }

  void malformed() {
    counts.of(ledger.stream()).malformed();
  }

  /** A frame was dealt out for the first time. */
  void processed(String stream) {
    counts.of(stream).processed();
  }

  /** For the report. */
  List<Map<String, Object>> toReport() {
    return counts.toReport();
  }
}
