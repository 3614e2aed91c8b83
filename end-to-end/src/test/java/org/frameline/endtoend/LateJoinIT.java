package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.frameline.protocol.StartFrom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Subscribers join a running stream at random moments and begin with random frames; between what
 * the history brings and what comes live there is no gap and no frame twice. {@code
 * -Dframeline.joins=1000} makes it that many.
 */
class LateJoinIT {
  private static final int JOINS = Integer.getInteger("frameline.joins", 40);
  private static final long SEED = Long.getLong("frameline.seed", new Random().nextInt());
  private static final int AT_ONCE = 4;
  private static final int WIDTH = 32;
  private static final int HEIGHT = 24;

  @TempDir private Path directory;

  @Test
  void aLateSubscriberGetsEveryFrameOnce() throws Exception {
    System.out.println("late joins, seed " + SEED);
    ExecutorService joiners = Executors.newFixedThreadPool(AT_ONCE);
    try (Pipeline pipeline =
        new Pipeline(directory)
            .publisher(
                0,
                "--source",
                "synthetic:ramp",
                "--size",
                WIDTH + "x" + HEIGHT,
                "--fps",
                "300",
                "--history",
                "6MiB")
            .start()) {
      new Control(pipeline.ports().control()).awaitAtLeast("published", 100);
      Random random = new Random(SEED);
      List<Future<LateJoiner.Joined>> joins = new ArrayList<>();
      for (int i = 0; i < JOINS; i++) {
        int draw = random.nextInt(3);
        int back = random.nextInt(1000);
        joins.add(
            joiners.submit(
                () -> {
                  Control publisher = new Control(pipeline.ports().control());
                  StartFrom from =
                      switch (draw) {
                        case 0 -> StartFrom.FIRST;
                        case 1 -> StartFrom.NOW;
                        default ->
                            StartFrom.parse("" + Math.max(0, publisher.status("published") - back));
                      };
                  return LateJoiner.join(pipeline.ports(), from, WIDTH, HEIGHT);
                }));
      }
      long frames = 0;
      long fetched = 0;
      for (Future<LateJoiner.Joined> join : joins) {
        LateJoiner.Joined joined = join.get(10, TimeUnit.MINUTES);
        assertThat(joined.faults()).as(pipeline.output()).isEmpty();
        frames += joined.frames();
        fetched += joined.fetched();
      }
      System.out.printf(
          "%d late joins: %d frames, %d of them fetched, no gap, no duplicate, all pixels right%n",
          JOINS, frames, fetched);
      pipeline.program("publish").terminate();
      assertThat(pipeline.program("publish").awaitExit()).isZero();
    } finally {
      joiners.shutdownNow();
    }
  }
}
