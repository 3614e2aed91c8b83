package org.frameline.ventilator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.frameline.protocol.Token;
import org.junit.jupiter.api.Test;

class CreditLedgerTest {
  private final CreditLedger ledger = new CreditLedger();
  private long now = 1;

  private static byte[] address(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String asks(String address, String name, long received, long room) {
    return ledger.asked(address(address), name, Token.NONE, received, room, "", now);
  }

  /** Deals out until nobody has room; the names of the workers. */
  private List<String> deal() {
    List<String> dealt = new ArrayList<>();
    for (var worker = ledger.next(""); worker != null; worker = ledger.next("")) {
      ledger.dealt(worker);
      dealt.add(worker.name());
    }
    return dealt;
  }

  @Test
  void dealsOutWhatWasAskedForAndToTheOneWithMostRoomFirst() {
    asks("1", "a", 0, 1);
    asks("2", "b", 0, 3);
    assertThat(deal()).containsExactly("b", "b", "a", "b");
    asks("2", "b", 2, 3);
    assertThat(deal()).containsExactly("b", "b");
  }

  @Test
  void aNameIsItsOwnersUntilThatFallsSilent() {
    ledger.asked(address("1"), "a", "a secret", 0, 2, "", now);
    asks("2", "b", 0, 2);
    for (String token : List.of(Token.NONE, "another")) {
      assertThat(ledger.isFree(address("3"), "a", token)).isFalse();
      assertThat(ledger.isFree(address("3"), "b", token)).isFalse();
    }
    assertThat(ledger.isFree(address("1"), "a", Token.NONE)).as("its own connection").isTrue();
    assertThat(ledger.isFree(address("3"), "a", "a secret")).as("connected anew").isTrue();
    assertThat(ledger.isFree(address("3"), "c", Token.NONE)).isTrue();
    now += CreditLedger.SILENT_AFTER.toNanos() + 1;
    ledger.fallenSilent(now);
    assertThat(ledger.isFree(address("3"), "a", Token.NONE)).isTrue();
    assertThat(ledger.isFree(address("3"), "b", Token.NONE)).isTrue();
  }

  @Test
  void aRepeatedWordDoesNoHarm() {
    asks("1", "a", 0, 2);
    asks("1", "a", 0, 2);
    assertThat(deal()).hasSize(2);
    asks("1", "a", 0, 2);
    assertThat(deal()).isEmpty();
  }

  @Test
  void aWorkerThatReceivedFromAVentilatorBeforeUsGetsNoMoreThanItHasRoomFor() {
    asks("1", "a", 1_000, 2);
    assertThat(deal()).hasSize(2);
  }

  @Test
  void aWorkerThatConnectedAnewReplacesItselfAndGetsFramesAgain() {
    asks("1", "a", 0, 2);
    String held = ledger.next("").holder();
    deal();
    assertThat(asks("2", "a", 1, 2)).isEqualTo(held);
    assertThat(deal()).hasSize(2);
    assertThat(ledger.workers()).hasSize(1);
    assertThat(ledger.next("")).isNull();
  }

  @Test
  void aSilentWorkerGetsNothingUntilItSpeaksAndThenNoMoreThanItAsksFor() {
    asks("1", "a", 0, 2);
    deal();
    asks("2", "b", 0, 1);
    now += CreditLedger.SILENT_AFTER.toNanos();
    asks("2", "b", 0, 1);
    now++;
    assertThat(ledger.fallenSilent(now)).extracting(CreditLedger.Worker::name).containsExactly("a");
    assertThat(ledger.fallenSilent(now)).isEmpty();
    asks("1", "a", 1, 2);
    assertThat(ledger.next("").name()).isIn("a", "b");
    assertThat(deal()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void givesAFrameToTheSameWorkerAgainOnlyWhenThereIsNoOther() {
    asks("1", "a", 0, 5);
    asks("2", "b", 0, 1);
    String a = ledger.next("").holder();
    CreditLedger.Worker other = ledger.next(a);
    assertThat(other.name()).isEqualTo("b");
    ledger.dealt(other);
    assertThat(ledger.next(a).name()).isEqualTo("a");
  }

  @Test
  void whoLeftGetsNothing() {
    asks("1", "a", 0, 5);
    String held = ledger.next("").holder();
    assertThat(ledger.left(address("1"))).isEqualTo(held);
    assertThat(ledger.left(address("1"))).isNull();
    assertThat(ledger.next("")).isNull();
  }

  @Test
  void strangersWithManyOrLongNamesOrMuchRoomFillNoMemory() {
    for (int i = 0; i < CreditLedger.MOST_WORKERS + 10; i++) {
      asks("address " + i, "name " + i, 0, 1);
    }
    asks("x", "x".repeat(CreditLedger.LONGEST_NAME + 1), 0, 1);
    assertThat(ledger.workers()).hasSize(CreditLedger.MOST_WORKERS);
    asks("address 5", "name 5", 0, Long.MAX_VALUE / 2);
    assertThat(deal()).hasSize(CreditLedger.MOST_WORKERS - 1 + CreditLedger.MOST_ROOM);
  }
}
