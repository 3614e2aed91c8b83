package org.frameline.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.frameline.protocol.StreamMessage.WorkerNotice;
import org.junit.jupiter.api.Test;

class WorkerTallyTest {
  private final WorkerTally tally = new WorkerTally();
  private long nowNs = 1;

  private void notice(String worker, WorkerNotice.State state) {
    tally.notice(new WorkerNotice("worker", worker, state, Map.of()), nowNs);
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
    tally.notice(new WorkerNotice("worker", worker, WorkerNotice.State.READY, extra), nowNs);
  }

  @Test
  void forgetsWhoGivesNoSignOfLifeUntilItDoesAgain() {
    notice("a", WorkerNotice.State.READY);
    notice("b", WorkerNotice.State.READY);
    notice("c", WorkerNotice.State.READY);
    nowNs += WorkerTally.SILENT_AFTER.toNanos();
    notice("b", WorkerNotice.State.READY);
    tally.result(Results.result("s", 0, "c").header(), nowNs);
    tally.result(Results.result("s", 1, "never ready").header(), nowNs);
    assertThat(tally.forgetSilent(nowNs)).isEmpty();
    nowNs++;
    assertThat(tally.forgetSilent(nowNs)).containsExactly("a");
    assertThat(tally.ready()).containsExactly("b", "c");
    notice("a", WorkerNotice.State.READY);
    assertThat(tally.ready()).containsExactly("b", "c", "a");
  }

  @Test
  void sharesOutWhatEachHasDone() {
    for (int n = 0; n < 3; n++) {
      tally.result(Results.result("s", n, "a").header(), nowNs);
    }
    tally.result(Results.result("s", 3, "b").header(), nowNs);
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
    tally.result(Results.result("s", 0, "x".repeat(60_000)).header(), nowNs);
    assertThat(tally.toReport()).containsOnlyKeys("unnamed");
  }
}
