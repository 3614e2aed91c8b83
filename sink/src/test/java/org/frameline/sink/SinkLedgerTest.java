package org.frameline.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.frameline.program.StreamCounts;
import org.frameline.protocol.FrameSet.Run;
import org.frameline.protocol.ReceivedFrames;
import org.junit.jupiter.api.Test;

class SinkLedgerTest {
  private final SinkLedger ledger = new SinkLedger();

  private void add(String stream, long... frames) {
    for (long frame : frames) {
      assertThat(ledger.add(stream, frame)).as("frame %d", frame).isTrue();
    }
  }

  @Test
  void countsInAnyOrder() {
    add("a", 3, 0, 2, 1);
    assertThat(ledger.received()).isEqualTo(4);
    assertThat(ledger.missing()).isZero();
  }

  @Test
  void countsADuplicateOnce() {
    add("a", 0);
    assertThat(ledger.add("a", 0)).isFalse();
    assertThat(ledger.received()).isEqualTo(1);
    assertThat(ledger.duplicates()).isEqualTo(1);
  }

  @Test
  void aHoleIsMissingUntilItIsFilled() {
    add("a", 0, 4);
    assertThat(ledger.missing()).isEqualTo(3);
    add("a", 2);
    assertThat(ledger.missing()).isEqualTo(2);
  }

  @Test
  void knowsFromTheVentilatorWhereAStreamBeginsAndEnds() {
    ledger.beginsAt("a", 10);
    add("a", 12);
    assertThat(ledger.firstExpected("a")).isEqualTo(10);
    assertThat(ledger.missing()).isEqualTo(2);
    ledger.endsAt("a", 20);
    assertThat(ledger.missing()).isEqualTo(9);
  }

  @Test
  void aStreamOfWhichNothingCameIsMissingAsAWhole() {
    ledger.beginsAt("a", 2);
    ledger.endsAt("a", 7);
    assertThat(ledger.missing()).isEqualTo(5);
    assertThat(ledger.received()).isZero();
  }

  @Test
  void whatIsKnownOfOneStreamHoldsForNoOther() {
    ledger.beginsAt("a", 0);
    add("a", 0, 1);
    ledger.endsAt("a", 5);
    // The publisher was restarted; its new stream has not ended yet.
    ledger.beginsAt("b", 0);
    add("b", 0);
    assertThat(ledger.missing()).as("the tail of a").isEqualTo(3);
    assertThat(ledger.firstExpected("b")).isZero();
    ledger.endsAt("b", 2);
    assertThat(ledger.missing()).isEqualTo(4);
    // The last results of the old stream come late.
    add("a", 2, 3, 4);
    assertThat(ledger.missing()).isEqualTo(1);
  }

  @Test
  void aVentilatorThatBeginsLaterDoesNotMakeMissingFramesGood() {
    ledger.beginsAt("a", 0);
    add("a", 0, 1);
    ledger.beginsAt("a", 5);
    add("a", 5);
    assertThat(ledger.missing()).isEqualTo(3);
    assertThat(ledger.firstExpected("a")).isZero();
  }

  @Test
  void whatTheVentilatorHasSettledAndDidNotComeIsMissing() {
    ledger.beginsAt("a", 0);
    add("a", 0, 2);
    ledger.settledBelow("a", 6);
    ledger.settledBelow("a", 4);
    assertThat(ledger.missing()).isEqualTo(4);
    StreamCounts counts = ledger.counts(stream -> 0).get(0);
    assertThat(counts.missing()).isEqualTo(4);
    assertThat(counts.processed()).isEqualTo(2);
  }

  @Test
  void acknowledgesByNumber() {
    add("a", 0, 1, 2, 4, 5, 9);
    assertThat(ledger.receivedFrom("a", 1, 10))
        .isEqualTo(new ReceivedFrames("a", 3, List.of(new Run(4, 2), new Run(9, 1))));
    assertThat(ledger.receivedFrom("a", 3, 1))
        .isEqualTo(new ReceivedFrames("a", 3, List.of(new Run(4, 2))));
    assertThat(ledger.receivedFrom("a", 20, 10)).isEqualTo(new ReceivedFrames("a", 20, List.of()));
    assertThat(ledger.receivedFrom("b", 7, 10)).isEqualTo(new ReceivedFrames("b", 7, List.of()));
  }

  @Test
  void strangersWithAThousandStreamsFillNoMemory() {
    for (int i = 0; i < SinkLedger.MOST_STREAMS; i++) {
      add("stream " + i, 0);
    }
    assertThat(ledger.add("one too many", 0)).isFalse();
    assertThat(ledger.refused()).isEqualTo(1);
    ledger.beginsAt("another", 0);
    ledger.endsAt("another", 1_000);
    assertThat(ledger.missing()).isZero();
    add("stream 5", 1);
  }
}
