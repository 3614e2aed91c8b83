package zmq.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When timers of an I/O thread are executed, by a clock that the test sets. */
class TimersTest {
  private final List<Integer> executed = new ArrayList<>();
  private final Timers timers = new Timers();
  private final IPollEvents sink =
      new IPollEvents() {
        @Override
        public void timerEvent(int id) {
          executed.add(id);
        }
      };

  private static final class Timers extends PollerBase {
    private long now;

    Timers() {
      super("timers");
    }

    @Override
    Thread createWorker(String name) {
      return Thread.currentThread();
    }

    @Override
    long clock() {
      return now;
    }

    @Override
    public void run() {
      throw new UnsupportedOperationException();
    }

    long at(long ms) {
      now = ms;
      return executeTimers();
    }
  }

  @Test
  void areExecutedInTheOrderOfTheirTimes() {
    timers.addTimer(20, sink, 2);
    timers.addTimer(10, sink, 1);
    timers.addTimer(20, sink, 3);
    assertThat(timers.at(9)).isEqualTo(1);
    assertThat(timers.at(10)).isEqualTo(10);
    assertThat(executed).containsExactly(1);
    assertThat(timers.at(25)).as("none is left").isZero();
    assertThat(executed).containsExactly(1, 2, 3);
  }

  /** As a heartbeat's: cancelled by the answer, and set again with the next question. */
  @Test
  void areExecutedAlsoWhenTheyWereCancelledAndAddedAgain() {
    for (int n = 0; n < 5; n++) {
      timers.addTimer(100, sink, 1);
      timers.at(10L * n);
      timers.cancelTimer(sink, 1);
    }
    timers.addTimer(100, sink, 1);
    timers.at(139);
    assertThat(executed).isEmpty();
    timers.at(140);
    assertThat(executed).containsExactly(1);
  }

  @Test
  void replaceThoseOfTheSameNumberAndGoWhenTheyAreCancelled() {
    timers.addTimer(10, sink, 1);
    timers.addTimer(30, sink, 1);
    timers.addTimer(20, sink, 2);
    timers.cancelTimer(sink, 2);
    timers.cancelTimer(sink, 2);
    assertThat(timers.at(20)).isEqualTo(10);
    assertThat(executed).isEmpty();
    timers.at(30);
    assertThat(executed).containsExactly(1);
    assertThat(timers.isEmpty()).isTrue();
  }

  @Test
  void thatAreAddedByOthersWaitForTheNextTurn() {
    IPollEvents again =
        new IPollEvents() {
          @Override
          public void timerEvent(int id) {
            executed.add(id);
            timers.addTimer(0, this, id);
          }
        };
    timers.addTimer(0, again, 7);
    assertThat(timers.at(0)).isEqualTo(1);
    assertThat(executed).containsExactly(7);
    timers.at(1);
    assertThat(executed).containsExactly(7, 7);
  }

  @Test
  void thatFailTakeNoOthersWithThem() {
    List<Throwable> told = new ArrayList<>();
    Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
    Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> told.add(failure));
    try {
      IPollEvents fails =
          new IPollEvents() {
            @Override
            public void timerEvent(int id) {
              throw new IllegalStateException("a connection in a bad state");
            }
          };
      timers.addTimer(1, fails, 1);
      timers.addTimer(2, sink, 2);
      timers.at(5);
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(before);
    }
    assertThat(executed).containsExactly(2);
    assertThat(told).hasSize(1);
  }
}
