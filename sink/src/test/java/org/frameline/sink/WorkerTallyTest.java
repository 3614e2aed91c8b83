package org.frameline.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.frameline.protocol.StreamMessage.WorkerNotice;
import org.frameline.protocol.socket.Peer;
import org.junit.jupiter.api.Test;

class WorkerTallyTest {
  private final WorkerTally tally = new WorkerTally();
  private final Map<String, Peer> connections = new HashMap<>();
  private long nowNs = 1;

  /** Each worker has a connection of its own. */
  private Peer of(String worker) {
    return connections.computeIfAbsent(worker, name -> Peer.unlike());
  }

  private boolean says(Peer from, String worker, WorkerNotice.State state, String token) {
    Map<String, Object> extra = Map.of("token", token, "ring_domain", token);
    return tally.notice(new WorkerNotice("worker", worker, state, extra), from, nowNs);
  }

  private void notice(String worker, WorkerNotice.State state) {
    tally.notice(new WorkerNotice("worker", worker, state, Map.of()), of(worker), nowNs);
  }

  @Test
  void knowsWhoIsReady() {
    notice("a", WorkerNotice.State.READY);
    notice("b", WorkerNotice.State.READY);
    notice("a", WorkerNotice.State.READY);
    assertThat(tally.ready()).containsExactly("a", "b");
    notice("a", WorkerNotice.State.LEAVING);
    notice("never seen", WorkerNotice.State.LEAVING);
    assertThat(tally.ready()).containsExactly("b");
  }

  @Test
  void knowsWhereAllWorkersCanReadRingsAndHowMuchTheyHold() {
    assertThat(tally.ringReaders()).isEmpty();
    says("a", "here", 5);
    assertThat(tally.ringReaders()).contains(new WorkerTally.RingReaders("here", 5, 1));
    says("b", "here", 7);
    assertThat(tally.ringReaders()).contains(new WorkerTally.RingReaders("here", 12, 1));
    notice("c", WorkerNotice.State.READY);
    assertThat(tally.ringReaders()).as("c said nothing").isEmpty();
    notice("c", WorkerNotice.State.LEAVING);
    assertThat(tally.ringReaders()).isPresent();
    says("b", "elsewhere", 7);
    assertThat(tally.ringReaders()).isEmpty();
    notice("b", WorkerNotice.State.LEAVING);
    for (Object room : new Object[] {-7, 0, "many"}) {
      says("a", "here", room);
      assertThat(tally.ringReaders()).contains(new WorkerTally.RingReaders("here", 1, 1));
    }
    says("a", "here", Long.MAX_VALUE);
    assertThat(tally.ringReaders()).contains(new WorkerTally.RingReaders("here", 10_000, 1));
    says("a", "x".repeat(1_000), 5);
    assertThat(tally.ringReaders()).as("too long for an answer").isEmpty();
    says("a", 7, 5);
    assertThat(tally.ringReaders()).isEmpty();
  }

  @Test
  void knowsHowManyReferencesInOneMessageAllWorkersTake() {
    says("a", Map.of("ring_domain", "here", "references", 8));
    assertThat(tally.ringReaders()).contains(new WorkerTally.RingReaders("here", 1, 8));
    says("b", Map.of("ring_domain", "here", "references", 1_000));
    assertThat(tally.ringReaders()).contains(new WorkerTally.RingReaders("here", 2, 8));
    says("a", Map.of("ring_domain", "here", "references", 1_000));
    assertThat(tally.ringReaders()).contains(new WorkerTally.RingReaders("here", 2, 64));
    says("a", Map.of("ring_domain", "here", "references", -1));
    assertThat(tally.ringReaders()).contains(new WorkerTally.RingReaders("here", 2, 1));
    says("a", Map.of("ring_domain", "here"));
    assertThat(tally.ringReaders()).contains(new WorkerTally.RingReaders("here", 2, 1));
  }

  private void says(String worker, Object domain, Object room) {
    says(worker, Map.of("ring_domain", domain, "room", room));
  }

  private void says(String worker, Map<String, Object> extra) {
    tally.notice(
        new WorkerNotice("worker", worker, WorkerNotice.State.READY, extra), of(worker), nowNs);
  }

  @Test
  void forgetsWhoGivesNoSignOfLifeUntilItDoesAgain() {
    notice("a", WorkerNotice.State.READY);
    notice("b", WorkerNotice.State.READY);
    notice("c", WorkerNotice.State.READY);
    nowNs += WorkerTally.SILENT_AFTER.toNanos();
    notice("b", WorkerNotice.State.READY);
    tally.result(Results.result("s", 0, "c").header(), of("c"), nowNs);
    tally.result(Results.result("s", 1, "never ready").header(), of("never ready"), nowNs);
    assertThat(tally.forgetSilent(nowNs)).isEmpty();
    nowNs++;
    assertThat(tally.forgetSilent(nowNs)).containsExactly("a");
    assertThat(tally.ready()).containsExactly("b", "c");
    notice("a", WorkerNotice.State.READY);
    assertThat(tally.ready()).containsExactly("b", "c", "a");
  }

  @Test
  void othersCanSayNothingUnderTheNameOfAWorkerThatIsReady() {
    notice("a", WorkerNotice.State.READY);
    assertThat(says(of("b"), "b", WorkerNotice.State.READY, "b's")).isTrue();
    Peer stranger = Peer.unlike();
    for (String name : List.of("a", "b")) {
      for (WorkerNotice.State state : WorkerNotice.State.values()) {
        assertThat(says(stranger, name, state, "")).isFalse();
        assertThat(says(stranger, name, state, "another")).isFalse();
        assertThat(says(of(name), name, state, "another")).as("by its connection").isFalse();
      }
      assertThat(tally.mayBeFrom(Results.result("s", 0, name).header(), stranger)).isFalse();
      assertThat(tally.mayBeFrom(Results.result("s", 0, name).header(), of(name))).isTrue();
      tally.result(Results.result("s", 0, name).header(), stranger, nowNs);
    }
    assertThat(tally.ready()).containsExactly("a", "b");
    assertThat(tally.toReport()).containsOnlyKeys("unnamed");
    Peer anew = Peer.unlike();
    assertThat(says(anew, "b", WorkerNotice.State.READY, "b's")).as("connected anew").isTrue();
    assertThat(tally.mayBeFrom(Results.result("s", 0, "b").header(), of("b"))).isFalse();
    assertThat(says(anew, "b", WorkerNotice.State.LEAVING, "b's")).isTrue();
    nowNs += WorkerTally.SILENT_AFTER.toNanos() + 1;
    assertThat(tally.forgetSilent(nowNs)).containsExactly("a");
    assertThat(says(stranger, "a", WorkerNotice.State.READY, "")).as("it is free").isTrue();
  }

  @Test
  void oneConnectionIsNotManyWorkers() {
    Peer greedy = Peer.unlike();
    for (int i = 0; i < 1_000; i++) {
      assertThat(says(greedy, "invented " + i, WorkerNotice.State.READY, ""))
          .isEqualTo(i < WorkerTally.MOST_BY_ONE);
    }
    notice("a", WorkerNotice.State.READY);
    assertThat(tally.ready()).hasSize(WorkerTally.MOST_BY_ONE + 1).contains("a");
  }

  @Test
  void sharesOutWhatEachHasDone() {
    for (int n = 0; n < 3; n++) {
      tally.result(Results.result("s", n, "a").header(), of("a"), nowNs);
    }
    tally.result(Results.result("s", 3, "b").header(), of("b"), nowNs);
    assertThat(tally.toReport())
        .containsExactly(
            Map.entry("a", Map.of("frames", 3L, "share", 0.75, "transform_ms", 2.0)),
            Map.entry("b", Map.of("frames", 1L, "share", 0.25, "transform_ms", 2.0)));
  }

  @Test
  void isEmptyBeforeTheFirstResult() {
    assertThat(tally.toReport()).isEmpty();
    assertThat(tally.ready()).isEmpty();
  }

  @Test
  void strangersWithManyOrLongNamesFillNoMemoryAndDriveNobodyOut() {
    for (int i = 0; i < WorkerTally.MOST_READY; i++) {
      notice("w" + i, WorkerNotice.State.READY);
    }
    notice("one too many", WorkerNotice.State.READY);
    notice("w7", WorkerNotice.State.READY);
    assertThat(tally.ready()).hasSize(WorkerTally.MOST_READY).contains("w7");
    notice("w7", WorkerNotice.State.LEAVING);
    notice("x".repeat(WorkerTally.LONGEST_NAME + 1), WorkerNotice.State.READY);
    assertThat(tally.ready()).hasSize(WorkerTally.MOST_READY - 1).doesNotContain("w7");
    tally.result(Results.result("s", 0, "x".repeat(60_000)).header(), of("a"), nowNs);
    assertThat(tally.toReport()).containsOnlyKeys("unnamed");
  }
}
