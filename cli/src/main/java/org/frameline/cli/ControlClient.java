package org.frameline.cli;

import java.time.Duration;
import java.util.List;
import org.frameline.program.ProgramException;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.socket.Messages;
import org.frameline.protocol.socket.Sockets;
import org.zeromq.ZMQ;

/** Asks a running process one question over its control socket. Without state. */
final class ControlClient {
  /**
   * Twice, because a REP socket at which a stranger has just poured out garbage loses the next
   * question; all questions may be asked twice.
   */
  private static final List<Duration> ANSWER_WITHIN =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(2));

  /**
   * An answer.
   *
   * @param message its first part
   * @param more the parts after it, none for most questions
   */
  record Answer(ControlMessage message, List<byte[]> more) {}

  private ControlClient() {}

  /** Asks; no answer, or one that says no, is a {@link ProgramException}. */
  static Answer ask(Endpoint control, String request) {
    try (Sockets sockets = new Sockets()) {
      for (Duration patience : ANSWER_WITHIN) {
        List<byte[]> parts = ask(sockets, control, request, patience);
        if (parts != null) {
          return answer(control, parts);
        }
      }
    }
    Duration total = ANSWER_WITHIN.stream().reduce(Duration.ZERO, Duration::plus);
    throw ProgramException.failed(
        "no answer from "
            + control
            + " within "
            + total.toSeconds()
            + " s; is a frameline process running there?",
        null);
  }

  private static List<byte[]> ask(
      Sockets sockets, Endpoint control, String request, Duration patience) {
    ZMQ.Socket socket = sockets.requestOnce(control, patience);
    try {
      socket.send(ControlMessage.request(request).encode());
      return Messages.await(socket);
    } finally {
      sockets.close(socket, Duration.ZERO);
    }
  }

  private static Answer answer(Endpoint control, List<byte[]> parts) {
    try {
      ControlMessage message = ControlMessage.decode(parts.get(0));
      if (!message.isOk()) {
        throw ProgramException.failed(
            control + " says: " + message.text("error").orElse("no"), null);
      }
      return new Answer(message, parts.subList(1, parts.size()));
    } catch (MalformedMessageException e) {
      throw ProgramException.failed("not an answer from " + control + ": " + e.getMessage(), e);
    }
  }
}
