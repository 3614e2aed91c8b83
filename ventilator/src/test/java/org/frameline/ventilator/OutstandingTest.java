package org.frameline.ventilator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.frameline.protocol.DealtStream;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.FrameSet.Run;
import org.frameline.protocol.ReceivedFrames;
import org.junit.jupiter.api.Test;

class OutstandingTest {
  private static final int WINDOW = 4;
  private static final long MS = 1_000_000;
  private static final List<byte[]> PARTS = List.of(new byte[2], new byte[3], new byte[5]);

  private final Outstanding outstanding = new Outstanding(WINDOW, 1_000);
  private long now = 1;

  private void take(String stream, long... frames) {
    for (long frame : frames) {
      outstanding.take(stream, 0, frame, HeldFrame.inline(PARTS));
    }
  }

  /** Deals out everything that is due to one worker; returns the frame numbers. */
  private List<Long> deal(String worker) {
    List<Long> dealt = new ArrayList<>();
    while (!outstanding.isIdle()) {
      Task task = outstanding.nextDue(1).get(0);
      dealt.add(task.frame());
      outstanding.dealt(task, worker, now);
    }
    return dealt;
  }

  private void acknowledge(String stream, long below, Run... runs) {
    outstanding.acknowledge(new ReceivedFrames(stream, below, List.of(runs)), now);
  }

  private List<Task> review() {
    return outstanding.review(now, 0, true);
  }

  @Test
  void hasRoomUntilTheWindowIsFullAndAgainWhenTheSinkHasMore() {
    take("s", 0, 1, 2);
    assertThat(outstanding.hasRoom(false)).isTrue();
    take("s", 3);
    assertThat(outstanding.hasRoom(false)).isFalse();
    assertThat(deal("w")).containsExactly(0L, 1L, 2L, 3L);
    acknowledge("s", 0, new Run(2, 2));
    assertThat(outstanding.held()).isEqualTo(2);
    assertThat(outstanding.hasRoom(false)).isTrue();
    assertThat(outstanding.hasRoom(true)).as("four ahead of frame 0").isFalse();
    acknowledge("s", 1);
    assertThat(outstanding.hasRoom(true)).isTrue();
    assertThat(outstanding.undelivered()).isEqualTo(1);
  }

  @Test
  void newFramesAreDealtOutTogetherAndLateOnesAlone() {
    take("s", 0, 1, 2, 3);
    assertThat(outstanding.nextDue(3)).extracting(Task::frame).containsExactly(0L, 1L, 2L);
    assertThat(outstanding.nextDue(9)).hasSize(4);
    outstanding.dealt(outstanding.nextDue(1).get(0), "w", now);
    Task second = outstanding.nextDue(1).get(0);
    outstanding.dealt(second, "w", now);
    outstanding.lost(task -> task == second);
    assertThat(outstanding.nextDue(3)).containsExactly(second);
    outstanding.dealt(outstanding.nextDue(3).get(0), "w", now);
    outstanding.dealt(outstanding.nextDue(1).get(0), "w", now);
    outstanding.lost(task -> task.frame() == 2);
    take("t", 0);
    assertThat(outstanding.nextDue(3)).extracting(Task::frame).containsExactly(2L);
  }

  @Test
  void holdsNoMoreBytesThanItMayButAlwaysOneFrame() {
    Outstanding small = new Outstanding(100, 15);
    assertThat(small.hasRoom(false)).isTrue();
    small.take("s", 0, 0, HeldFrame.inline(PARTS));
    assertThat(small.hasRoom(false)).isTrue();
    small.take("s", 0, 1, HeldFrame.inline(PARTS));
    assertThat(small.hasRoom(false)).isFalse();
    Outstanding tiny = new Outstanding(100, 1);
    assertThat(tiny.hasRoom(false)).isTrue();
  }

  @Test
  void dealsOutAgainWhatTookTooLongAndThePatienceDoubles() {
    take("s", 0);
    deal("w");
    now += 20 * MS;
    acknowledge("s", 1);
    take("s", 1);
    deal("w");
    now += 240 * MS;
    review();
    assertThat(outstanding.isIdle()).isTrue();
    now += 20 * MS;
    review();
    assertThat(deal("w")).containsExactly(1L);
    now += 490 * MS;
    review();
    assertThat(outstanding.isIdle()).isTrue();
    now += 20 * MS;
    review();
    assertThat(deal("w")).containsExactly(1L);
    assertThat(outstanding.resent()).isEqualTo(2);
    assertThat(outstanding.dispatched()).isEqualTo(2);
  }

  @Test
  void isMorePatientWhileOtherFramesWait() {
    take("s", 0);
    deal("w");
    now += 20 * MS;
    acknowledge("s", 1);
    take("s", 1, 2);
    outstanding.dealt(outstanding.nextDue(1).get(0), "w", now);
    now += 900 * MS;
    review();
    assertThat(outstanding.nextDue(1).get(0).frame()).as("frame 1 is waited for").isEqualTo(2);
    now += 200 * MS;
    review();
    assertThat(deal("w")).containsExactly(1L, 2L);
  }

  @Test
  void whatIsInDoubtIsDueAgainAfterTwiceTheUsualTime() {
    take("s", 0);
    deal("w");
    now += 100 * MS;
    acknowledge("s", 1);
    take("s", 1, 2);
    deal("w");
    outstanding.doubt(task -> task.frame() == 1, now);
    now += 190 * MS;
    review();
    assertThat(outstanding.isIdle()).isTrue();
    now += 20 * MS;
    review();
    assertThat(deal("w")).containsExactly(1L);
  }

  @Test
  void waitsForASinkThatDidNotAnswer() {
    take("s", 0);
    deal("w");
    now += 60_000 * MS;
    outstanding.review(now, now - 10 * MS, true);
    assertThat(outstanding.isIdle()).isTrue();
  }

  @Test
  void whatIsLostIsDueAtOnceAndBeforeNewFrames() {
    take("s", 0, 1);
    deal("w");
    take("s", 2);
    outstanding.lost(task -> task.holder().equals("w"));
    assertThat(deal("v")).containsExactly(0L, 1L, 2L);
    outstanding.lost(task -> task.holder().equals("w"));
    assertThat(outstanding.isIdle()).isTrue();
  }

  @Test
  void whatArrivesBeforeItIsDealtOutAgainIsNotDealtOutAgain() {
    take("s", 0, 1);
    deal("w");
    outstanding.lost(task -> true);
    acknowledge("s", 1);
    assertThat(deal("w")).containsExactly(1L);
  }

  @Test
  void holdsWhatTheSinkHasInItsMemoryAloneAndDealsItOutAgainWhenThatIsGone() {
    take("s", 0, 1, 2, 3);
    deal("w");
    ReceivedFrames answer = new ReceivedFrames("s", 2, List.of(new Run(3, 1)));
    assertThat(outstanding.acknowledge(answer.keptBelow(1), now)).isTrue();
    assertThat(outstanding.acknowledge(answer.keptBelow(1), now)).as("no news").isFalse();
    assertThat(outstanding.held()).isEqualTo(3);
    assertThat(outstanding.acknowledged()).isEqualTo(1);
    assertThat(outstanding.streams(false)).containsExactly(new DealtStream("s", 0, 1, 4, false));
    now += 60_000 * MS;
    review();
    assertThat(deal("w")).as("what was received is not late").containsExactly(2L);
    outstanding.lost(task -> true);
    assertThat(deal("w")).containsExactly(2L);
    outstanding.sinkWasRestarted();
    assertThat(deal("w")).containsExactly(1L, 2L, 3L);
    acknowledge("s", 4);
    assertThat(outstanding.held()).isZero();
    assertThat(outstanding.undelivered()).isZero();
  }

  @Test
  void givesUpAFrameThatNobodyBringsBackAlthoughOthersAre() {
    take("s", 0);
    List<Task> given = new ArrayList<>();
    for (int i = 0; i < 20 && given.isEmpty(); i++) {
      deal("w");
      now += 9_000 * MS;
      take("s", i + 1);
      deal("w");
      acknowledge("s", 0, new Run(i + 1, 1));
      now += 9_000 * MS;
      given.addAll(review());
    }
    assertThat(given).extracting(Task::frame).containsExactly(0L);
    assertThat(outstanding.undelivered()).isEqualTo(1);
    assertThat(outstanding.notAcknowledged())
        .containsExactly(Map.entry("s", List.of(List.of(0L, 1L))));
    assertThat(outstanding.held()).isZero();
  }

  @Test
  void givesNothingUpWhileNoWorkerIsAlive() {
    take("s", 0);
    for (int i = 0; i < 100; i++) {
      deal("w");
      now += 60_000 * MS;
      assertThat(outstanding.review(now, 0, false)).isEmpty();
    }
    assertThat(outstanding.held()).isEqualTo(1);
  }

  @Test
  void tellsTheSinkWhatMayStillComeOfEachStream() {
    outstanding.take("a", 3, 5, HeldFrame.inline(PARTS));
    assertThat(outstanding.streams(true))
        .containsExactly(new DealtStream("a", 3, 5, 6 + 2 * WINDOW, false));
    take("b", 0);
    deal("w");
    assertThat(outstanding.streams(true))
        .containsExactly(
            new DealtStream("a", 3, 5, 6, false),
            new DealtStream("b", 0, 0, 1 + 2 * WINDOW, false));
    acknowledge("a", 6);
    acknowledge("b", 1);
    assertThat(outstanding.streams(false))
        .containsExactly(new DealtStream("a", 3, 6, 6, true), new DealtStream("b", 0, 1, 1, false));
    for (int i = 0; i < 20; i++) {
      take("c" + i, 0);
      deal("w");
      acknowledge("c" + i, 1);
    }
    assertThat(outstanding.streams(true)).hasSize(DealtStream.MOST);
  }

  /** So those are told of first that have waited longest. */
  @Test
  void tellsTheSinkOfTheOldestStreamsWhenThereAreTooMany() {
    for (int i = 0; i < DealtStream.MOST + 2; i++) {
      take("s" + i, 0);
      deal("w");
    }
    assertThat(outstanding.streams(true))
        .extracting(DealtStream::stream)
        .containsExactly("s0", "s1", "s2", "s3");
    acknowledge("s1", 1);
    take("s" + (DealtStream.MOST + 1), 1);
    assertThat(outstanding.streams(true))
        .extracting(DealtStream::stream)
        .containsExactly("s0", "s2", "s3", "s4");
  }

  @Test
  void everyFrameArrivesOnceWhateverIsLost() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    FrameSet sink = new FrameSet();
    Map<Long, Integer> carried = new HashMap<>();
    Outstanding all = new Outstanding(8, Long.MAX_VALUE);
    long next = 0;
    long frames = 500;
    while (all.acknowledged() < frames && now < 100_000_000 * MS) {
      now += random.nextInt(50) * MS;
      if (next < frames && all.hasRoom(true)) {
        all.take("s", 0, next++, HeldFrame.inline(PARTS));
      }
      if (!all.isIdle() && random.nextBoolean()) {
        for (Task task : all.nextDue(1 + random.nextInt(3))) {
          all.dealt(task, "w", now);
          carried.merge(task.frame(), 1, Integer::sum);
        }
      }
      // Half of what is under way gets lost, the rest arrives in any order.
      for (Long frame : new TreeSet<>(carried.keySet())) {
        int chance = random.nextInt(10);
        if (chance < 4) {
          carried.remove(frame);
        }
        if (chance < 2) {
          sink.add(frame);
        }
      }
      DealtStream asked = all.streams(true).isEmpty() ? null : all.streams(true).get(0);
      if (asked != null) {
        all.acknowledge(ReceivedFrames.of("s", sink, asked.from(), 2), now);
        assertThat(sink.end() - asked.from()).as("seed %d", seed).isLessThanOrEqualTo(8);
      }
      assertThat(all.review(now, 0, false)).as("seed %d", seed).isNotNull();
    }
    assertThat(sink.size() + all.undelivered()).as("seed %d", seed).isEqualTo(frames);
    assertThat(all.dispatched()).isEqualTo(frames);
    assertThat(all.undelivered()).as("seed %d", seed).isLessThan(frames / 10);
  }
}
