package org.frameline.endtoend;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.socket.MessageSocket;
import org.frameline.protocol.socket.Sockets;

/** Asks the control socket of a running program. Used by one test, on its thread. */
final class Control {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  private final Endpoint endpoint;

  Control(String endpoint) {
    this.endpoint = Endpoint.parse(endpoint);
  }

  /** The number under a key of the status, -1 when nobody answered. */
  long status(String key) {
    return ask().map(status -> status.count(key).orElseThrow()).orElse(-1L);
  }

  /** The text under a key of the status. */
  String text(String key) {
    return ask().orElseThrow().text(key).orElseThrow();
  }

  /** Waits until the list under a key of the status is empty. */
  void awaitEmpty(String key) {
    Awaitility.await(key + " of " + endpoint + " is empty")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> ask().map(status -> status.texts(key).isEmpty()).orElse(false));
  }

  private Optional<ControlMessage> ask() {
    try (Sockets sockets = new Sockets()) {
      MessageSocket socket = sockets.requestOnce(endpoint);
      try {
        socket.offer(ControlMessage.request("status"));
        List<byte[]> answer = socket.receive(ANSWER_WITHIN);
        return answer == null
            ? Optional.empty()
            : Optional.of(ControlMessage.decode(answer.get(0)));
      } catch (MalformedMessageException e) {
        throw new AssertionError(e);
      } finally {
        sockets.close(socket, Duration.ZERO);
      }
    }
  }

  /** Waits until the number under a key of the status is at least this. */
  void awaitAtLeast(String key, long least) {
    Awaitility.await(key + " of " + endpoint + " reaches " + least)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> status(key) >= least);
  }
}
