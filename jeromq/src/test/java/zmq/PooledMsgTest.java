package zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

/** When the memory of a message can be used again, over real connections. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class PooledMsgTest {
  private static final String ANY = "tcp://127.0.0.1:*";
  private static final int BYTES = 30_000;
  private static final int PATIENCE_MS = 20_000;

  private final ZContext context = new ZContext();
  private final AtomicInteger letGo = new AtomicInteger();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  PooledMsgTest() {
    context.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
    context.setNotificationExceptionHandler((thread, failure) -> failures.add(failure));
  }

  @AfterEach
  void nothingFailedInTheBackground() {
    context.close();
    assertThat(failures).isEmpty();
  }

  @Test
  void isLetGoOnceWhenAllSubscribersHaveIt() {
    org.zeromq.ZMQ.Socket pub = publisher();
    List<org.zeromq.ZMQ.Socket> subscribers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      subscribers.add(subscriber(pub));
    }
    for (int n = 0; n < 50; n++) {
      assertThat(pub.sendMsg(message(n), 0)).isTrue();
      for (org.zeromq.ZMQ.Socket subscriber : subscribers) {
        assertThat(subscriber.recv()).hasSize(BYTES).containsOnly(n);
      }
    }
    awaitThat(() -> letGo.get() == 50);
  }

  @Test
  void isLetGoAtOnceWhenNobodyWantsIt() {
    org.zeromq.ZMQ.Socket pub = publisher();
    assertThat(pub.sendMsg(message(1), 0)).isTrue();
    assertThat(letGo).hasValue(1);
  }

  @Test
  void isLetGoForThoseThatHaveNoRoomForIt() {
    org.zeromq.ZMQ.Socket pub = publisher();
    pub.setSndHWM(1);
    org.zeromq.ZMQ.Socket reads = subscriber(pub);
    org.zeromq.ZMQ.Socket sleeps = subscriber(pub);
    for (int n = 0; n < 100; n++) {
      // More together than the system's buffers of a connection hold.
      assertThat(pub.sendMsg(message(n, 1 << 20), 0)).isTrue();
      assertThat(reads.recv()[0]).isEqualTo((byte) n);
    }
    int onTheirWay = 100 - letGo.get();
    assertThat(onTheirWay).as("in the queue of the one that sleeps").isBetween(1, 99);
    sleeps.setReceiveTimeOut(0);
    awaitThat(
        () -> {
          sleeps.recv();
          return letGo.get() == 100;
        });
  }

  @Test
  void isLetGoByTheOnePeerThatGetsIt() {
    org.zeromq.ZMQ.Socket push = context.createSocket(SocketType.PUSH);
    push.bind(ANY);
    org.zeromq.ZMQ.Socket pull = context.createSocket(SocketType.PULL);
    pull.setReceiveTimeOut(PATIENCE_MS);
    pull.connect(push.getLastEndpoint());
    for (int n = 0; n < 10; n++) {
      assertThat(push.sendMsg(message(n), 0)).isTrue();
      assertThat(pull.recv()).containsOnly(n);
    }
    awaitThat(() -> letGo.get() == 10);
  }

  @Test
  void isNotLetGoWithAConnectionThatBreaksInTheMiddleOfIt() {
    org.zeromq.ZMQ.Socket pub = publisher();
    org.zeromq.ZMQ.Socket gone = subscriber(pub);
    org.zeromq.ZMQ.Socket stays = subscriber(pub);
    gone.setLinger(0);
    for (int n = 0; n < 40; n++) {
      assertThat(pub.sendMsg(message(n), 0)).isTrue();
      if (n == 20) {
        gone.close();
      }
      assertThat(stays.recv()).containsOnly(n);
    }
    assertThat(letGo.get()).isLessThanOrEqualTo(40);
  }

  @Test
  void wantsAllOfABuffer() {
    ByteBuffer part = ByteBuffer.allocateDirect(10).limit(9);
    assertThatThrownBy(() -> new PooledMsg(part, () -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected all of a buffer");
  }

  @Test
  void cannotBeLetGoMoreOftenThanItIsHeld() {
    PooledMsg message = message(1);
    message.hold(1);
    message.letGo();
    assertThat(letGo).hasValue(0);
    message.letGo();
    assertThat(letGo).hasValue(1);
    assertThatThrownBy(message::letGo).isInstanceOf(IllegalStateException.class);
  }

  private static void awaitThat(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofMillis(PATIENCE_MS).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      LockSupport.parkNanos(100_000);
    }
  }

  private PooledMsg message(int n) {
    return message(n, BYTES);
  }

  private PooledMsg message(int n, int bytes) {
    ByteBuffer memory = ByteBuffer.allocateDirect(bytes);
    while (memory.hasRemaining()) {
      memory.put((byte) n);
    }
    return new PooledMsg(memory.flip(), letGo::incrementAndGet);
  }

  private org.zeromq.ZMQ.Socket publisher() {
    org.zeromq.ZMQ.Socket pub = context.createSocket(SocketType.XPUB);
    pub.setXpubVerbose(true);
    pub.setReceiveTimeOut(PATIENCE_MS);
    pub.bind(ANY);
    return pub;
  }

  private org.zeromq.ZMQ.Socket subscriber(org.zeromq.ZMQ.Socket pub) {
    org.zeromq.ZMQ.Socket sub = context.createSocket(SocketType.SUB);
    sub.setRcvHWM(1);
    sub.setReceiveTimeOut(PATIENCE_MS);
    sub.connect(pub.getLastEndpoint());
    sub.subscribe("");
    assertThat(pub.recv()).as("its subscription").isNotNull();
    return sub;
  }
}
