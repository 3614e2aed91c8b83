package zmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQException;

/** What programs see of it: messages, interruptions, ends. */
@ExtendWith(NoThreadLeft.class)
@Timeout(120)
class ContextTest {
  private static final String ANY = "tcp://127.0.0.1:*";

  @Test
  void noMessageOfManySendersIsLost() throws Exception {
    int senders = 4;
    int each = 5_000;
    try (ZContext context = new ZContext()) {
      org.zeromq.ZMQ.Socket pull = context.createSocket(SocketType.PULL);
      pull.bind(ANY);
      String endpoint = pull.getLastEndpoint();
      List<Thread> threads = new ArrayList<>();
      CountDownLatch received = new CountDownLatch(1);
      for (int i = 0; i < senders; i++) {
        Thread sender = new Thread(() -> send(context, endpoint, each, received));
        threads.add(sender);
        sender.start();
      }
      pull.setReceiveTimeOut(20_000);
      for (int i = 0; i < senders * each; i++) {
        assertThat(pull.recv()).as("message %d", i).hasSize(1);
      }
      received.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private static void send(ZContext context, String endpoint, int messages, CountDownLatch taken) {
    org.zeromq.ZMQ.Socket push = context.createSocket(SocketType.PUSH);
    push.connect(endpoint);
    for (int i = 0; i < messages; i++) {
      push.send(new byte[1], 0);
    }
    try {
      taken.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    push.close();
  }

  @Test
  void aReceiverThatIsInterruptedIsToldAndCanGoOn() throws Exception {
    try (ZContext context = new ZContext()) {
      CompletableFuture<String> endpoint = new CompletableFuture<>();
      CompletableFuture<byte[]> message = new CompletableFuture<>();
      CompletableFuture<ZMQException> interruption = new CompletableFuture<>();
      Thread receiver =
          new Thread(
              () -> {
                org.zeromq.ZMQ.Socket pull = context.createSocket(SocketType.PULL);
                pull.bind(ANY);
                endpoint.complete(pull.getLastEndpoint());
                interruption.complete(catchThrowableOfType(ZMQException.class, () -> pull.recv(0)));
                message.complete(receiveAtLast(pull));
                pull.close();
              });
      receiver.start();
      org.zeromq.ZMQ.Socket push = context.createSocket(SocketType.PUSH);
      push.connect(endpoint.get());
      awaitReceiving(receiver);
      receiver.interrupt();
      assertThat(interruption.get(10, TimeUnit.SECONDS).getErrorCode()).isEqualTo(ZError.EINTR);
      push.send(new byte[3], 0);
      assertThat(message.get(10, TimeUnit.SECONDS)).hasSize(3);
      receiver.join();
    }
  }

  /** JeroMQ may tell of one interruption twice, as it keeps the number of the last error. */
  private static byte[] receiveAtLast(org.zeromq.ZMQ.Socket socket) {
    while (true) {
      try {
        return socket.recv(0);
      } catch (ZMQException e) {
        assertThat(e.getErrorCode()).isEqualTo(ZError.EINTR);
      }
    }
  }

  @Test
  void whoWaitsWhenTheContextEndsIsTold() throws Exception {
    org.zeromq.ZMQ.Context context = org.zeromq.ZMQ.context(1);
    CompletableFuture<ZMQException> end = new CompletableFuture<>();
    Thread receiver =
        new Thread(
            () -> {
              try (org.zeromq.ZMQ.Socket pull = context.socket(SocketType.PULL)) {
                pull.bind(ANY);
                end.complete(catchThrowableOfType(ZMQException.class, () -> pull.recv(0)));
              }
            });
    receiver.start();
    awaitReceiving(receiver);
    context.term();
    assertThat(end.get(10, TimeUnit.SECONDS).getErrorCode()).isEqualTo(ZError.ETERM);
    receiver.join();
  }

  /** An I/O thread acknowledges to a socket that can be gone before it was woken. */
  @Test
  void contextsEndWithoutAWord() {
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < 300; i++) {
      ZContext context = new ZContext();
      context.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
      context.setNotificationExceptionHandler((thread, failure) -> failures.add(failure));
      org.zeromq.ZMQ.Socket pull = context.createSocket(SocketType.PULL);
      pull.bind(ANY);
      org.zeromq.ZMQ.Socket push = context.createSocket(SocketType.PUSH);
      push.connect(pull.getLastEndpoint());
      push.send(new byte[1], 0);
      pull.recv(0);
      push.close();
      pull.close();
      context.close();
    }
    assertThat(failures).isEmpty();
  }

  private static void awaitReceiving(Thread thread) {
    List<String> methods = List.of();
    while (!methods.containsAll(List.of("recv", "waitEvent", "select"))) {
      methods = Stream.of(thread.getStackTrace()).map(StackTraceElement::getMethodName).toList();
    }
  }
}
