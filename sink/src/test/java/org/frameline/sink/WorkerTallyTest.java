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
  void knowsWhereAllWorkersCanReadRings() {
    assertThat(tally.ringDomain()).isEmpty();
    saysWhere("a", "here");
    assertThat(tally.ringDomain()).contains("here");
    saysWhere("b", "here");
    assertThat(tally.ringDomain()).contains("here");
    notice("c", WorkerNotice.State.READY);
    assertThat(tally.ringDomain()).as("c said nothing").isEmpty();
    notice("c", WorkerNotice.State.LEAVING);
    assertThat(tally.ringDomain()).contains("here");
    saysWhere("b", "elsewhere");
    assertThat(tally.ringDomain()).isEmpty();
    notice("b", WorkerNotice.State.LEAVING);
    saysWhere("a", "x".repeat(1_000));
    assertThat(tally.ringDomain()).as("too long for an answer").isEmpty();
    saysWhere("a", 7);
    assertThat(tally.ringDomain()).isEmpty();
  }

  private void saysWhere(String worker, Object domain) {
    Map<String, Object> extra = Map.of("ring_domain", domain);
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
