package org.frameline.ventilator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.frameline.program.StopSignal;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.StreamMessage.SeriesEnd;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;
import org.frameline.testing.FreePorts;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** The ROUTER side, with real sockets. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class CreditDealerTest {
  private static final List<byte[]> PARTS = List.of(new byte[1], new byte[1], new byte[1]);
  private static final Duration STEP = Duration.ofMillis(20);

  private final Outstanding outstanding = new Outstanding(8, 1_000);

  private void dealAll(Dealer dealer) {
    String holder = "";
    while (!outstanding.isIdle() && holder != null) {
      Task task = outstanding.nextDue(1).get(0);
      holder = dealer.deal(List.of(task));
      if (holder != null) {
        outstanding.dealt(task, holder, System.nanoTime());
      }
    }
  }

  private static ZMQ.Socket worker(ZContext context, Endpoint endpoint) {
    ZMQ.Socket worker = context.createSocket(SocketType.DEALER);
    worker.setHandshakeIvl(1_000);
    worker.setLinger(0);
    assertThat(worker.connect(endpoint.toString())).isTrue();
    return worker;
  }

  private static void ask(ZMQ.Socket worker, String name, String token, int room) {
    worker.send(
        ControlMessage.request("tasks")
            .with("worker", name)
            .with("token", token)
            .with("received", 0)
            .with("room", room)
            .encode());
  }

  /** By using its name from another connection. */
  @Test
  void nobodyTakesAwayTheTasksOfAWorker() throws Exception {
    Endpoint endpoint = Endpoint.parse(FreePorts.endpoint());
    Dealer[] made = new Dealer[1];
    try (Sockets sockets = new Sockets();
        PollLoop loop = new PollLoop(sockets, new StopSignal());
        Dealer dealer =
            new CreditDealer(
                sockets, loop, endpoint, outstanding, () -> dealAll(made[0]), Optional.empty());
        ZContext context = new ZContext()) {
      made[0] = dealer;
      outstanding.take("s", 0, 0, HeldFrame.inline(PARTS));
      outstanding.take("s", 0, 1, HeldFrame.inline(PARTS));
      ask(worker(context, endpoint), "w", "a secret", 1);
      AtomicInteger steps = new AtomicInteger();
      loop.every(
          STEP,
          () -> {
            if (outstanding.dispatched() == 1 && steps.getAndIncrement() == 0) {
              ZMQ.Socket thief = worker(context, endpoint);
              ask(thief, "w", "", 2);
              ask(thief, "another name", "", 1);
            }
            if (outstanding.dispatched() == 2) {
              loop.finish();
            }
          });
      loop.run();
      assertThat(outstanding.isIdle()).as("nothing is due again").isTrue();
      assertThat(outstanding.resent()).isZero();
    }
  }

  @Test
  void dealsOutNoMoreThanWasAskedForAndAgainWhatAWorkerHeldThatIsGone() throws Exception {
    Endpoint endpoint = Endpoint.parse(FreePorts.endpoint());
    AtomicInteger steps = new AtomicInteger();
    Dealer[] made = new Dealer[1];
    try (Sockets sockets = new Sockets();
        PollLoop loop = new PollLoop(sockets, new StopSignal());
        Dealer dealer =
            new CreditDealer(
                sockets, loop, endpoint, outstanding, () -> dealAll(made[0]), Optional.empty());
        ZContext context = new ZContext()) {
      made[0] = dealer;
      for (int frame = 0; frame < 4; frame++) {
        outstanding.take("s", 0, frame, HeldFrame.inline(PARTS));
      }
      ZMQ.Socket worker = context.createSocket(SocketType.DEALER);
      worker.setHandshakeIvl(1_000);
      worker.setLinger(0);
      assertThat(worker.connect(endpoint.toString())).isTrue();
      worker.send(
          ControlMessage.request("tasks")
              .with("worker", "w")
              .with("received", 0)
              .with("room", 2)
              .encode());
      loop.every(
          STEP,
          () -> {
            dealer.tick(System.nanoTime());
            if (outstanding.dispatched() > 0 && steps.getAndIncrement() == 0) {
              assertThat(outstanding.dispatched()).as("it has room for two").isEqualTo(2);
              assertThat(outstanding.nextDue(1).get(0).frame()).isEqualTo(2);
              worker.close();
            }
            if (steps.get() > 0 && outstanding.nextDue(1).get(0).frame() == 0) {
              dealer.sendHome(Set.of("w"), new SeriesEnd("t", "s", 4));
              loop.finish();
            }
          });
      loop.run();
      assertThat(outstanding.nextDue(1).get(0).frame()).as("the first is due again").isZero();
      assertThat(dealer.deal(outstanding.nextDue(1))).as("nobody has room").isNull();
    }
  }
}
