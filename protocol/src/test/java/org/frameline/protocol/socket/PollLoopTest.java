package org.frameline.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.frameline.protocol.Endpoint;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoThreadLeft.class)
@Timeout(20)
class PollLoopTest {
  private static final Endpoint ANY = Endpoint.parse("tcp://127.0.0.1:*");

  private final Sockets sockets = new Sockets();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final PollLoop loop = new PollLoop(sockets, stop::get);
  private final List<MessageSocket> made = new ArrayList<>();

  @AfterEach
  void closeAll() {
    made.forEach(socket -> sockets.close(socket, Duration.ZERO));
    loop.close();
    sockets.close();
  }

  private MessageSocket pull() {
    made.add(sockets.bindPull(ANY, "--bind", 1_000));
    return made.get(made.size() - 1);
  }

  /** A socket that has sent these messages to another. */
  private void send(MessageSocket pull, int messages) {
    MessageSocket push = sockets.connectPush(pull.boundTo(), 1_000);
    made.add(push);
    for (int i = 0; i < messages; i++) {
      assertThat(push.forward(List.of(new byte[] {(byte) i}))).isTrue();
    }
  }

  private static PollLoop.Handler taking(MessageSocket socket, Runnable action) {
    return () -> {
      if (socket.receive() == null) {
        return false;
      }
      action.run();
      return true;
    };
  }

  @Test
  void stopsWithinAFifthOfASecondWhenNothingHappens() throws Exception {
    loop.onMessage(pull(), () -> false);
    AtomicInteger ticks = new AtomicInteger();
    loop.every(Duration.ofSeconds(100), ticks::incrementAndGet);
    long[] stoppedNs = new long[1];
    Thread stopper =
        new Thread(
            () -> {
              while (ticks.get() == 0) {
                Thread.onSpinWait();
              }
              stoppedNs[0] = System.nanoTime();
              stop.set(true);
            });
    stopper.start();
    loop.run();
    long endedNs = System.nanoTime();
    stopper.join();
    assertThat(Duration.ofNanos(endedNs - stoppedNs[0])).isLessThan(Duration.ofMillis(200));
  }

  @Test
  void runsTimersAtOnceAndThenInTheirPeriods() {
    List<Long> fast = new ArrayList<>();
    AtomicInteger slow = new AtomicInteger();
    long start = System.nanoTime();
    loop.every(
        Duration.ofMillis(20),
        () -> {
          fast.add(System.nanoTime() - start);
          if (fast.size() == 15) {
            loop.finish();
          }
        });
    loop.every(Duration.ofMillis(100), slow::incrementAndGet);
    loop.run();
    assertThat(Duration.ofNanos(fast.get(0))).isLessThan(Duration.ofMillis(20));
    assertThat(Duration.ofNanos(fast.get(14)))
        .isBetween(Duration.ofMillis(270), Duration.ofMillis(900));
    // The 15 periods of the fast one are three of the slow one.
    assertThat(slow.get()).isBetween(3, 10);
  }

  @Test
  void aTimerMayAddATimer() {
    List<String> order = new ArrayList<>();
    loop.every(
        Duration.ofSeconds(10),
        () -> {
          order.add("first");
          loop.every(
              Duration.ofSeconds(10),
              () -> {
                order.add("second");
                loop.finish();
              });
        });
    loop.run();
    assertThat(order).containsExactly("first", "second");
  }

  @Test
  void leavesMessagesInTheQueueUntilTheyAreWanted() {
    MessageSocket gated = pull();
    MessageSocket open = pull();
    AtomicBoolean wanted = new AtomicBoolean();
    List<String> order = new ArrayList<>();
    loop.onMessageWhile(gated, wanted::get, taking(gated, () -> order.add("gated")));
    loop.onMessage(open, taking(open, () -> order.add("open")));
    send(gated, 2);
    send(open, 3);
    loop.every(
        Duration.ofMillis(10),
        () -> {
          wanted.set(order.size() >= 3);
          if (order.size() == 5) {
            loop.finish();
          }
        });
    loop.run();
    assertThat(order).containsExactly("open", "open", "open", "gated", "gated");
  }

  @Test
  void whatIsNotWantedDoesNotWakeTheLoop() {
    MessageSocket gated = pull();
    AtomicInteger turns = new AtomicInteger();
    loop.onMessageWhile(
        gated,
        () -> {
          turns.incrementAndGet();
          return false;
        },
        () -> true);
    send(gated, 100);
    finishAfter(Duration.ofMillis(400));
    loop.run();
    assertThat(turns.get()).isBetween(1, 30);
  }

  @Test
  void waitsAlsoWhenNoSocketIsThere() {
    AtomicInteger turns = new AtomicInteger();
    loop.whenever(
        () -> {
          turns.incrementAndGet();
          return false;
        },
        () -> {});
    finishAfter(Duration.ofMillis(400));
    loop.run();
    assertThat(turns.get()).isBetween(1, 30);
  }

  private void finishAfter(Duration time) {
    long start = System.nanoTime();
    loop.every(
        Duration.ofMillis(50),
        () -> {
          if (System.nanoTime() - start > time.toNanos()) {
            loop.finish();
          }
        });
  }

  @Test
  void messagesAndRoomOfOneSocketAreTwoMatters() {
    MessageSocket router = sockets.bindRouter(ANY, "--bind", 10, new Connections());
    MessageSocket dealer = sockets.connectDealer(router.boundTo(), 10);
    made.addAll(List.of(router, dealer));
    AtomicInteger sent = new AtomicInteger();
    AtomicInteger answered = new AtomicInteger();
    loop.onMessage(
        dealer,
        taking(
            dealer,
            () -> {
              if (answered.incrementAndGet() == 3) {
                loop.finish();
              }
            }));
    loop.onRoomWhile(
        dealer,
        () -> sent.get() < 3,
        () -> dealer.forward(List.of(new byte[1])) && sent.incrementAndGet() > 0);
    loop.onMessage(
        router,
        () -> {
          List<byte[]> question = router.receive();
          return question != null && router.forward(question);
        });
    loop.run();
    assertThat(answered).hasValue(3);
  }

  @Test
  void aSocketCanBeForgottenAndClosedWhileTheLoopGoesOn() {
    MessageSocket first = pull();
    MessageSocket second = pull();
    loop.onMessage(first, () -> first.receive() != null);
    loop.onMessage(
        second,
        taking(
            second,
            () -> {
              if (!made.remove(first)) {
                loop.finish();
                return;
              }
              loop.forget(first);
              sockets.close(first, Duration.ZERO);
              send(second, 1);
            }));
    send(second, 1);
    loop.run();
    assertThat(made).doesNotContain(first);
  }

  @Test
  void stopsTakingInTheMiddleWhenNoMoreIsWanted() {
    MessageSocket gated = pull();
    AtomicInteger taken = new AtomicInteger();
    loop.onMessageWhile(gated, () -> taken.get() < 3, taking(gated, taken::incrementAndGet));
    send(gated, 10);
    AtomicInteger ticks = new AtomicInteger();
    loop.every(
        Duration.ofMillis(10),
        () -> {
          if (taken.get() == 3 && ticks.incrementAndGet() == 5) {
            loop.finish();
          }
        });
    loop.run();
    assertThat(taken).hasValue(3);
  }

  @Test
  void aFloodOnOneSocketLeavesTheOthersTheirTurn() {
    MessageSocket flood = pull();
    MessageSocket quiet = pull();
    int[] floodedWhenServed = {-1};
    AtomicInteger flooded = new AtomicInteger();
    loop.onMessage(
        flood,
        () -> {
          // Never empty: as if messages came faster than they can be taken.
          flooded.incrementAndGet();
          return true;
        });
    loop.onMessage(
        quiet,
        taking(
            quiet,
            () -> {
              floodedWhenServed[0] = flooded.get();
              loop.finish();
            }));
    send(flood, 1);
    send(quiet, 1);
    loop.run();
    assertThat(floodedWhenServed[0]).isGreaterThanOrEqualTo(0);
  }

  @Test
  void finishEndsTheLoopBetweenTwoMessagesOfOneSocket() {
    MessageSocket socket = pull();
    AtomicInteger taken = new AtomicInteger();
    loop.onMessage(
        socket,
        taking(
            socket,
            () -> {
              taken.incrementAndGet();
              loop.finish();
            }));
    send(socket, 5);
    loop.run();
    assertThat(taken).hasValue(1);
  }

  @Test
  void aHandlerMayRegisterAFurtherSocket() {
    MessageSocket first = pull();
    MessageSocket second = pull();
    loop.onMessage(
        first, taking(first, () -> loop.onMessage(second, taking(second, loop::finish))));
    send(second, 1);
    send(first, 1);
    loop.run();
    assertThat(second.receive()).isNull();
  }

  @Test
  void takesNothingMoreOnceItIsStopped() {
    MessageSocket pull = pull();
    send(pull, 5);
    AtomicInteger taken = new AtomicInteger();
    loop.onMessage(
        pull,
        taking(
            pull,
            () -> {
              taken.incrementAndGet();
              while (!pull.hasMessage()) {
                Thread.onSpinWait();
              }
              stop.set(true);
            }));
    loop.run();
    assertThat(taken).as("while there was more to take").hasValue(1);
  }
}
