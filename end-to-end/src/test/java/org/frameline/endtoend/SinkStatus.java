package org.frameline.endtoend;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.testing.Program;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Asks a running sink how far it is. Used by one test. */
final class SinkStatus implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ANSWER_WITHIN_MS = 1_000;
  private static final int NEARLY = 10;

  private final ZContext context = new ZContext();
  private final String handshake;
  private final String publisher;

  SinkStatus(Pipeline pipeline) {
    handshake = pipeline.ports().handshake();
    publisher = pipeline.ports().control();
  }

  private ControlMessage ask() {
    return ask(handshake);
  }

  private ControlMessage ask(String endpoint) {
    try (ZMQ.Socket socket = context.createSocket(SocketType.REQ)) {
      socket.setLinger(0);
      socket.setReceiveTimeOut(ANSWER_WITHIN_MS);
      socket.connect(endpoint);
      socket.send(ControlMessage.request("status").encode());
      byte[] answer = socket.recv();
      return answer == null ? ControlMessage.request("nobody") : ControlMessage.decode(answer);
    } catch (MalformedMessageException e) {
      throw new AssertionError("a malformed answer", e);
    }
  }

  long received() {
    ControlMessage answer = ask();
    return answer.count("received").orElse(0L) + answer.count("resumed").orElse(0L);
  }

  /** Waits until the sink has nearly all that was published: who is stopped does not wait long. */
  void awaitCaughtUp() {
    await("the sink has nearly all")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              long published = ask(publisher).count("published").orElse(Long.MAX_VALUE);
              return received() + NEARLY >= published;
            });
  }

  /** Waits until the sink has this many more frames than now. */
  void awaitMore(long frames) {
    long target = received() + frames;
    await(frames + " more frames at the sink")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> received() >= target);
  }

  /** Waits until the sink knows that these are ready. */
  void awaitReady(List<Program> workers) {
    List<String> names = workers.stream().map(worker -> "worker-" + worker.pid() + "-").toList();
    await("ready: " + names)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              List<String> ready = ask().texts("workers");
              return names.stream()
                  .allMatch(name -> ready.stream().anyMatch(one -> one.startsWith(name)));
            });
  }

  @Override
  public void close() {
    context.close();
  }
}
