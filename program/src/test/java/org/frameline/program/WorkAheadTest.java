package org.frameline.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkAheadTest {
  private static final String NAME = "work-of-this-test";

  private static void awaitNoThread() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals(NAME)));
  }

  private static void hold(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void oneThreadDoesAllInTheirOrder() throws IOException {
    ConcurrentLinkedQueue<Integer> done = new ConcurrentLinkedQueue<>();
    try (WorkAhead work = new WorkAhead(NAME, 1, 3)) {
      for (int i = 0; i < 100; i++) {
        int number = i;
        work.give(() -> done.add(number));
      }
      work.await();
      assertThat(work.done()).isEqualTo(100);
    }
    assertThat(List.copyOf(done)).hasSize(100).isSorted();
    awaitNoThread();
  }

  @Test
  void takesNoMoreThanItMayHave() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    AtomicInteger given = new AtomicInteger();
    try (WorkAhead work = new WorkAhead(NAME, 2, 3)) {
      Thread giver =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < 4; i++) {
                    work.give(() -> hold(latch));
                    given.incrementAndGet();
                  }
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      giver.start();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> giver.getState() == Thread.State.WAITING && given.get() == 3);
      latch.countDown();
      giver.join(20_000);
      assertThat(given).hasValue(4);
      work.await();
      assertThat(work.done()).isEqualTo(4);
    }
    awaitNoThread();
  }

  @Test
  void theFirstFailureInOrderIsToldAndNothingBegunAfterIt() {
    CountDownLatch secondHasFailed = new CountDownLatch(1);
    AtomicInteger begunLater = new AtomicInteger();
    try (WorkAhead work = new WorkAhead(NAME, 2, 8)) {
      assertThatThrownBy(
              () -> {
                work.give(
                    () -> {
                      hold(secondHasFailed);
                      throw new IOException("the first");
                    });
                work.give(
                    () -> {
                      secondHasFailed.countDown();
                      throw new IOException("the second");
                    });
                work.await();
              })
          .isInstanceOf(IOException.class)
          .hasMessage("the first");
      assertThatThrownBy(
              () -> {
                work.give(begunLater::incrementAndGet);
                work.await();
              })
          .hasMessage("the second");
    }
    assertThat(begunLater).hasValue(0);
    awaitNoThread();
  }

  @Test
  void otherFailuresComeAsTheyAre() {
    for (Throwable thrown : List.of(new IllegalStateException("x"), new OutOfMemoryError("y"))) {
      try (WorkAhead work = new WorkAhead(NAME, 1, 1)) {
        assertThatThrownBy(
                () -> {
                  work.give(
                      () -> {
                        if (thrown instanceof Error error) {
                          throw error;
                        }
                        throw (RuntimeException) thrown;
                      });
                  work.await();
                })
            .isSameAs(thrown);
      }
    }
  }

  @Test
  void closedInTheMiddleItWaitsForWhatWasBegunAndBeginsNothing() throws IOException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    WorkAhead work = new WorkAhead(NAME, 1, 3);
    work.give(
        () -> {
          begun.countDown();
          hold(closing);
          done.incrementAndGet();
        });
    work.give(done::incrementAndGet);
    hold(begun);
    Thread closer = new Thread(work::close);
    closer.start();
    await().atMost(Duration.ofSeconds(20)).until(() -> closer.getState() == Thread.State.WAITING);
    closing.countDown();
    awaitNoThread();
    assertThat(done).hasValue(1);
  }
}
