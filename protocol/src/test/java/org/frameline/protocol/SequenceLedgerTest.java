package org.frameline.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.frameline.protocol.FrameSet.Run;
import org.frameline.protocol.SequenceLedger.Arrival;
import org.frameline.protocol.SequenceLedger.Arrival.Kind;
import org.junit.jupiter.api.Test;

class SequenceLedgerTest {
  private final SequenceLedger ledger = new SequenceLedger();

  private static Arrival withoutGap(Kind kind) {
    return new Arrival(kind, Optional.empty());
  }

  @Test
  void countsAStreamWithoutHoles() {
    assertThat(ledger.observe("a", 0)).isEqualTo(withoutGap(Kind.NEW_STREAM));
    assertThat(ledger.observe("a", 1)).isEqualTo(withoutGap(Kind.IN_ORDER));
    assertThat(ledger.end("a", 2)).isEmpty();
    assertThat(ledger.received()).isEqualTo(2);
    assertThat(ledger.missing()).isZero();
  }

  @Test
  void seesAGapWhereItIs() {
    ledger.observe("a", 0);
    assertThat(ledger.observe("a", 5))
        .isEqualTo(new Arrival(Kind.IN_ORDER, Optional.of(new Run(1, 4))));
    assertThat(ledger.observe("a", 6)).isEqualTo(withoutGap(Kind.IN_ORDER));
    assertThat(ledger.missing()).isEqualTo(4);
  }

  @Test
  void countsARepetitionAndTellsNoGapForIt() {
    ledger.observe("a", 0);
    ledger.observe("a", 3);
    assertThat(ledger.observe("a", 3)).isEqualTo(withoutGap(Kind.REPEATED));
    assertThat(ledger.observe("a", 1)).isEqualTo(withoutGap(Kind.REPEATED));
    assertThat(ledger.repeated()).isEqualTo(2);
    assertThat(ledger.received()).isEqualTo(2);
    assertThat(ledger.missing()).isEqualTo(2);
  }

  @Test
  void joinsAtTheFirstFrameItSees() {
    assertThat(ledger.observe("a", 100)).isEqualTo(withoutGap(Kind.NEW_STREAM));
    assertThat(ledger.first()).isEqualTo(100);
    assertThat(ledger.missing()).isZero();
  }

  @Test
  void missesWhatWasLostBeforeTheFirstFrameWhenTheStartWasAnnounced() {
    ledger.expectFrom("a", 10);
    assertThat(ledger.observe("a", 13).gap()).contains(new Run(10, 3));
    assertThat(ledger.first()).isEqualTo(10);
  }

  @Test
  void anAnnouncementThatCameTooLateMovesNothing() {
    ledger.expectFrom("a", 10);
    ledger.expectFrom("a", 12);
    ledger.observe("a", 9);
    assertThat(ledger.first()).isEqualTo(9);
    assertThat(ledger.missing()).isZero();
    ledger.expectFrom("a", 50);
    ledger.observe("a", 10);
    assertThat(ledger.missing()).isZero();
  }

  @Test
  void aRestartedPublisherIsNoGap() {
    ledger.observe("a", 41);
    assertThat(ledger.observe("b", 0)).isEqualTo(withoutGap(Kind.NEW_STREAM));
    assertThat(ledger.isNewStream("a")).isTrue();
    assertThat(ledger.stream()).isEqualTo("b");
    assertThat(ledger.received()).isEqualTo(2);
  }

  @Test
  void theEndTellsWhatWasLostBeforeIt() {
    ledger.observe("a", 0);
    assertThat(ledger.end("a", 4)).contains(new Run(1, 3));
    assertThat(ledger.end("a", 4)).as("told once").isEmpty();
    assertThat(ledger.missing()).isEqualTo(3);
  }

  @Test
  void anAnnouncedStreamThatEndsWithoutAFrameIsMissingAsAWhole() {
    ledger.expectFrom("a", 2);
    assertThat(ledger.end("a", 5)).contains(new Run(2, 3));
    assertThat(ledger.missing()).isEqualTo(3);
    assertThat(ledger.received()).isZero();
    assertThat(ledger.stream()).isEqualTo("a");
  }

  @Test
  void theEndOfAStreamNobodyWantedCountsNothing() {
    ledger.observe("a", 0);
    assertThat(ledger.end("b", 7)).isEmpty();
    assertThat(ledger.missing()).isZero();
    assertThat(ledger.stream()).isEqualTo("a");
  }

  @Test
  void itsBooksCloseWhateverIsLostAndRepeated() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int published = 500;
    ledger.expectFrom("a", 0);
    long gaps = 0;
    for (int frame = 0; frame < published; frame++) {
      for (int copies = random.nextInt(3); copies > 0; copies--) {
        gaps += ledger.observe("a", frame).gap().map(Run::count).orElse(0L);
      }
    }
    gaps += ledger.end("a", published).map(Run::count).orElse(0L);
    assertThat(ledger.received() + ledger.missing()).as("seed %d", seed).isEqualTo(published);
    assertThat(gaps).as("seed %d", seed).isEqualTo(ledger.missing());
  }
}
