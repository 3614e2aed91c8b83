package org.frameline.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.StreamMessage;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoThreadLeft.class)
@Timeout(120)
class MessagePoolTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String TOPIC = "camera_frame";
  private static final String HERE = "here/";
  private static final int BYTES = 400_000;
  private static final int FRAMES = 1_000;
  private static final int QUEUED = 3;

  @Test
  void takesAgainWhatWasSent() {
    MessagePool pool = new MessagePool(2);
    ByteBuffer first = pool.take(1_000);
    first.put(0, (byte) 7);
    pool.message(first).letGo();
    assertThat(pool.take(1_000).get(0)).as("the same memory").isEqualTo((byte) 7);
    assertThat(pool.take(1_000).get(0)).as("other memory").isZero();
  }

  @Test
  void keepsNoMoreThanAQueueFullAndNothingOfAnotherSize() {
    MessagePool pool = new MessagePool(2);
    List<ByteBuffer> many =
        List.of(pool.take(10), pool.take(10), pool.take(10), pool.take(20), pool.take(10));
    many.forEach(memory -> pool.message(memory).letGo());
    assertThat(pool.free()).isEqualTo(2);
    assertThat(pool.take(20).capacity()).isEqualTo(20);
    assertThat(pool.free()).isZero();
  }

  /**
   * Two subscribers read as fast as they can, one far behind them, and others come and go in the
   * middle of messages. Each frame that any of them gets has to be whole and its own.
   */
  @Test
  void nobodyEverGetsMemoryThatIsUsedAgain() throws Exception {
    AtomicLong fastest = new AtomicLong();
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newCachedThreadPool();
    MessagePool pool = new MessagePool(QUEUED);
    try (Sockets sockets = new Sockets()) {
      MessageSocket pub = sockets.publish(Endpoint.parse("tcp://127.0.0.1:*"), "--bind", QUEUED);
      Endpoint at = pub.boundTo();
      List<Future<Long>> counts = new ArrayList<>();
      counts.add(threads.submit(() -> readAll(sockets, at, fastest)));
      counts.add(threads.submit(() -> readAll(sockets, at, new AtomicLong())));
      counts.add(threads.submit(behind(sockets, at, fastest, over)));
      awaitSubscribers(pub, counts.size());
      Future<Long> guests = threads.submit(() -> comeAndGo(sockets, at, over));
      counts.add(guests);
      for (long n = 0; n < FRAMES || !guests.isDone(); n++) {
        if (n == FRAMES) {
          over.set(true);
        }
        pub.send(frame(n, pool.take(BYTES)), pool);
        pub.receive();
        if (n % 5 == 0) {
          // The fast ones keep up at times, so that their queues are empty as well as full.
          awaitCount(fastest, Math.min(n, FRAMES) / 10);
        }
      }
      while (!counts.stream().allMatch(Future::isDone)) {
        // Said again, since a queue that was full gets nothing before half of it was read.
        pub.send(new StreamMessage.SeriesEnd(TOPIC, "s", FRAMES));
        LockSupport.parkNanos(1_000_000);
      }
      for (Future<Long> count : counts) {
        assertThat(count.get()).isPositive();
      }
      assertThat(pool.free()).as("what came back").isBetween(1, QUEUED);
      sockets.close(pub, Duration.ZERO);
    } finally {
      threads.shutdownNow();
      assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Each has a second topic of its own, since the first is told of but once. */
  private static void awaitSubscribers(MessageSocket pub, int count) {
    int here = 0;
    while (here < count) {
      List<byte[]> subscription = pub.receive(PATIENCE);
      assertThat(subscription).as("subscription").isNotNull();
      here += new String(subscription.get(0), StandardCharsets.UTF_8).contains(HERE) ? 1 : 0;
    }
  }

  private static void awaitCount(AtomicLong count, long atLeast) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (count.get() < atLeast && System.nanoTime() < deadline) {
      LockSupport.parkNanos(100_000);
    }
  }

  private static long readAll(Sockets sockets, Endpoint at, AtomicLong count)
      throws MalformedMessageException {
    MessageSocket sub = subscriber(sockets, at);
    while (readOne(sub)) {
      count.incrementAndGet();
    }
    sockets.close(sub, Duration.ZERO);
    return count.get();
  }

  /** Reads one frame after another has read ten, so that its queue is always full. */
  private static Callable<Long> behind(
      Sockets sockets, Endpoint at, AtomicLong other, AtomicBoolean over) {
    return () -> {
      MessageSocket sub = subscriber(sockets, at);
      long count = 0;
      while (readOne(sub)) {
        count++;
        while (other.get() < count * 10 && !over.get()) {
          LockSupport.parkNanos(100_000);
        }
      }
      sockets.close(sub, Duration.ZERO);
      return count;
    };
  }

  private static long comeAndGo(Sockets sockets, Endpoint at, AtomicBoolean over)
      throws MalformedMessageException {
    Random random = new Random(12);
    long count = 0;
    while (!over.get()) {
      MessageSocket sub = subscriber(sockets, at);
      for (int left = random.nextInt(6); left >= 0 && readOne(sub); left--) {
        count++;
      }
      sockets.close(sub, Duration.ZERO);
    }
    return count;
  }

  private static MessageSocket subscriber(Sockets sockets, Endpoint at) {
    MessageSocket sub = sockets.subscribe(at, QUEUED);
    sub.subscribe(TOPIC);
    sub.subscribe(HERE + UUID.randomUUID());
    return sub;
  }

  /** False at the end of the stream. Reads all of the memory before it gives it back. */
  private static boolean readOne(MessageSocket sub) throws MalformedMessageException {
    try (ReceivedMessage received = await(sub)) {
      if (!(received.decode() instanceof StreamMessage.Frame frame)) {
        return false;
      }
      long seed = frame.header().frame();
      ByteBuffer payload = frame.payload();
      for (int i = 0; i < BYTES / Long.BYTES; i++) {
        if (payload.getLong(i * Long.BYTES) != seed * 1_000_003 + i) {
          throw new AssertionError("frame " + seed + " is not its own at " + i);
        }
      }
      return true;
    }
  }

  private static ReceivedMessage await(MessageSocket sub) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    ReceivedMessage received = sub.receiveLent();
    while (received == null) {
      assertThat(System.nanoTime()).as("a message within " + PATIENCE).isLessThan(deadline);
      LockSupport.parkNanos(100_000);
      received = sub.receiveLent();
    }
    return received;
  }

  private static StreamMessage.Frame frame(long n, ByteBuffer memory) {
    memory.order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < BYTES / Long.BYTES; i++) {
      memory.putLong(i * Long.BYTES, n * 1_000_003 + i);
    }
    FrameHeader header = new FrameHeader(List.of(BYTES), ElementType.UINT8, n, 99, "s", Map.of());
    return new StreamMessage.Frame(TOPIC, header, memory);
  }
}
