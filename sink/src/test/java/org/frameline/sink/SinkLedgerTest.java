package org.frameline.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.frameline.program.StreamCounts;
import org.frameline.protocol.DealtStream;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.FrameSet.Run;
import org.frameline.protocol.ReceivedFrames;
import org.frameline.sink.SinkLedger.Verdict;
import org.junit.jupiter.api.Test;

class SinkLedgerTest {
  private final SinkLedger ledger = new SinkLedger();

  private void add(String stream, long... frames) {
    for (long frame : frames) {
      assertThat(ledger.add(stream, frame)).as("frame %d", frame).isEqualTo(Verdict.NEW);
    }
  }

  /** The ventilator says with which frame it begins, and no limit. */
  private void name(String stream, long first) {
    ledger.name(new DealtStream(stream, first, first, DealtStream.UNLIMITED, false));
  }

  private void settledBelow(String stream, long from) {
    ledger.name(new DealtStream(stream, 0, from, DealtStream.UNLIMITED, false));
  }

  @Test
  void countsInAnyOrder() {
    name("a", 0);
    add("a", 3, 0, 2, 1);
    assertThat(ledger.received()).isEqualTo(4);
    assertThat(ledger.missing()).isZero();
  }

  @Test
  void countsADuplicateOnce() {
    name("a", 0);
    add("a", 0);
    assertThat(ledger.add("a", 0)).isEqualTo(Verdict.DUPLICATE);
    assertThat(ledger.received()).isEqualTo(1);
    assertThat(ledger.duplicates()).isEqualTo(1);
  }

  @Test
  void aHoleIsMissingUntilItIsFilled() {
    name("a", 0);
    add("a", 0, 4);
    assertThat(ledger.missing()).isEqualTo(3);
    add("a", 2);
    assertThat(ledger.missing()).isEqualTo(2);
  }

  @Test
  void knowsFromTheVentilatorWhereAStreamBeginsAndEnds() {
    name("a", 10);
    add("a", 12);
    assertThat(ledger.missing()).isEqualTo(2);
    ledger.endsAt("a", 20);
    assertThat(ledger.missing()).isEqualTo(9);
  }

  @Test
  void aStreamOfWhichNothingCameIsMissingAsAWhole() {
    name("a", 2);
    ledger.endsAt("a", 7);
    assertThat(ledger.missing()).isEqualTo(5);
    assertThat(ledger.received()).isZero();
  }

  @Test
  void whatIsKnownOfOneStreamHoldsForNoOther() {
    name("a", 0);
    add("a", 0, 1);
    ledger.endsAt("a", 5);
    // The publisher was restarted; its new stream has not ended yet.
    name("b", 0);
    add("b", 0);
    assertThat(ledger.missing()).as("the tail of a").isEqualTo(3);
    ledger.endsAt("b", 2);
    assertThat(ledger.missing()).isEqualTo(4);
    // The last results of the old stream come late.
    add("a", 2, 3, 4);
    assertThat(ledger.missing()).isEqualTo(1);
  }

  @Test
  void aVentilatorThatBeginsLaterDoesNotMakeMissingFramesGood() {
    name("a", 0);
    add("a", 0, 1);
    name("a", 5);
    add("a", 5);
    assertThat(ledger.missing()).isEqualTo(3);
  }

  @Test
  void whatTheVentilatorHasSettledAndDidNotComeIsMissing() {
    name("a", 0);
    add("a", 0, 2);
    settledBelow("a", 6);
    settledBelow("a", 4);
    assertThat(ledger.missing()).isEqualTo(4);
    StreamCounts counts = ledger.counts(stream -> 0).get(0);
    assertThat(counts.missing()).isEqualTo(4);
    assertThat(counts.processed()).isEqualTo(2);
  }

  @Test
  void acknowledgesByNumber() {
    name("a", 0);
    add("a", 0, 1, 2, 4, 5, 9);
    assertThat(ledger.receivedFrom("a", 1, 10))
        .isEqualTo(new ReceivedFrames("a", 3, List.of(new Run(4, 2), new Run(9, 1))));
    assertThat(ledger.receivedFrom("a", 3, 1))
        .isEqualTo(new ReceivedFrames("a", 3, List.of(new Run(4, 2))));
    assertThat(ledger.receivedFrom("a", 20, 10)).isEqualTo(new ReceivedFrames("a", 20, List.of()));
    assertThat(ledger.receivedFrom("b", 7, 10)).isEqualTo(new ReceivedFrames("b", 7, List.of()));
  }

  @Test
  void whatNobodyNamedFillsNoMemory() {
    name("a", 0);
    for (int i = 0; i < SinkLedger.MOST_STREAMS; i++) {
      assertThat(ledger.add("stream " + i, 0)).isEqualTo(Verdict.STREAM_NOT_NAMED);
    }
    assertThat(ledger.strange()).isEqualTo(SinkLedger.MOST_STREAMS);
    assertThat(ledger.counts(stream -> 0)).extracting(StreamCounts::stream).containsExactly("a");
    assertThat(ledger.missing()).isZero();
    name("b", 0);
    add("b", 0);
  }

  @Test
  void whatWasNotDealtOutIsStrange() {
    ledger.name(new DealtStream("a", 2, 2, 5, false));
    add("a", 2, 4);
    assertThat(ledger.add("a", 5)).isEqualTo(Verdict.FRAME_NOT_DEALT);
    assertThat(ledger.add("a", 1)).isEqualTo(Verdict.FRAME_NOT_DEALT);
    ledger.name(new DealtStream("a", 2, 3, 9, false));
    add("a", 8);
    // One that was restarted begins earlier again, and there may be results of the one before.
    ledger.name(new DealtStream("a", 2, 3, 6, false));
    add("a", 7);
    assertThat(ledger.strange()).isEqualTo(2);
    ledger.endsBefore("a", 7);
    assertThat(ledger.strange()).isEqualTo(4);
    assertThat(ledger.received()).isEqualTo(2);
    assertThat(ledger.add("a", 7)).isEqualTo(Verdict.FRAME_NOT_DEALT);
  }

  /** Only the ventilator says whether the stream of an earlier run goes on. */
  @Test
  void whatAnEarlierRunKeptIsAStreamThatHasToBeNamed() {
    FrameSet kept = new FrameSet();
    kept.add(new Run(3, 2));
    ledger.resume("a", kept);
    assertThat(ledger.add("a", 5)).isEqualTo(Verdict.EARLY);
    name("b", 0);
    assertThat(ledger.add("a", 5)).isEqualTo(Verdict.STREAM_NOT_NAMED);
    assertThat(ledger.add("a", 4)).isEqualTo(Verdict.DUPLICATE);
    name("a", 3);
    add("a", 5);
    assertThat(ledger.early()).isEqualTo(1);
    assertThat(ledger.strange()).isEqualTo(1);
  }
}
