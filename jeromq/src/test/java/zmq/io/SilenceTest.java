package zmq.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.frameline.testing.CutLink;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** What becomes of connections on which nothing comes, over a link that can be cut. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class SilenceTest {
  private static final int INTERVAL_MS = 100;
  private static final int TIMEOUT_MS = 700;
  private static final int PATIENCE_MS = 20_000;

  private final Set<SocketType> ended = ConcurrentHashMap.newKeySet();
  private final ZContext context = new ZContext();
  private final ZMQ.Socket pub = socket(SocketType.XPUB);
  private final CutLink link;

  SilenceTest() {
    pub.bind("tcp://127.0.0.1:*");
    link = new CutLink(URI.create(pub.getLastEndpoint()).getPort());
  }

  @AfterEach
  void end() {
    context.close();
    link.close();
  }

  @Test
  void bothSidesGiveUpAPeerThatWasHeardBefore() {
    ZMQ.Socket sub = subscriber();
    for (int n = 0; n < 20; n++) {
      exchange(sub, 1_000);
      LockSupport.parkNanos(Duration.ofMillis(INTERVAL_MS / 4).toNanos());
    }
    assertThat(link.connections()).isEqualTo(1);
    link.cut();
    awaitThat("both ends", () -> ended.containsAll(Set.of(SocketType.XPUB, SocketType.SUB)));
    link.restore();
    pub.setReceiveTimeOut(INTERVAL_MS);
    awaitThat(
        "subscribed again, by another connection",
        () -> {
          // Its thread sends subscriptions again, when it looks.
          sub.getEvents();
          byte[] subscription = pub.recv();
          return subscription != null && subscription[0] == 1;
        });
    exchange(sub, 1_000);
  }

  /** It cannot even be asked for a sign of life. */
  @Test
  void aPeerThatTakesNothingIsGivenUp() {
    ZMQ.Socket sub = subscriber();
    exchange(sub, 1_000);
    link.cut();
    byte[] large = new byte[1 << 20];
    awaitThat(
        "the publisher's end",
        () -> {
          pub.send(large);
          return ended.contains(SocketType.XPUB);
        });
  }

  @Test
  void aPeerThatIsNotReadIsNotSilent() {
    ZMQ.Socket sub = socket(SocketType.SUB);
    sub.setRcvHWM(1);
    sub.connect("tcp://127.0.0.1:" + link.port());
    sub.subscribe("");
    assertThat(pub.recv()).as("its subscription").isNotNull();
    for (int n = 0; n < 20; n++) {
      pub.send(new byte[1 << 20]);
    }
    long end = System.nanoTime() + Duration.ofMillis(3 * TIMEOUT_MS).toNanos();
    awaitThat("three times as long", () -> System.nanoTime() > end);
    for (int n = 0; n < 20; n++) {
      assertThat(sub.recv()).as("message %d", n).hasSize(1 << 20);
    }
    assertThat(link.connections()).isEqualTo(1);
  }

  @Test
  void aMessageThatTakesLongerThanThatIsNoSilence() {
    ZMQ.Socket sub = subscriber();
    exchange(sub, 1_000);
    link.slowDown(100_000);
    long start = System.nanoTime();
    exchange(sub, 200_000);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThan(Duration.ofMillis(2 * TIMEOUT_MS));
    assertThat(link.connections()).isEqualTo(1);
  }

  private ZMQ.Socket subscriber() {
    ZMQ.Socket sub = socket(SocketType.SUB);
    sub.connect("tcp://127.0.0.1:" + link.port());
    sub.subscribe("");
    assertThat(pub.recv()).as("its subscription").isNotNull();
    return sub;
  }

  private void exchange(ZMQ.Socket sub, int bytes) {
    assertThat(pub.send(new byte[bytes])).isTrue();
    assertThat(sub.recv()).hasSize(bytes);
  }

  private static void awaitThat(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofMillis(PATIENCE_MS).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private ZMQ.Socket socket(SocketType type) {
    ZMQ.Socket socket = context.createSocket(type);
    socket.setHeartbeatIvl(INTERVAL_MS);
    socket.setHeartbeatTimeout(TIMEOUT_MS);
    socket.setHeartbeatTtl(TIMEOUT_MS);
    socket.setHandshakeIvl(TIMEOUT_MS);
    socket.setReconnectIVL(50);
    socket.setReceiveTimeOut(PATIENCE_MS);
    socket.setLinger(0);
    socket.setEventHook(event -> ended.add(type), ZMQ.EVENT_DISCONNECTED);
    if (type == SocketType.XPUB) {
      socket.setXpubVerbose(true);
    }
    return socket;
  }
}
