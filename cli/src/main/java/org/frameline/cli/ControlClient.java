package org.frameline.cli;

import java.time.Duration;
import java.util.List;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.socket.Messages;
import org.frameline.protocol.socket.Sockets;
import org.zeromq.ZMQ;

/** Asks a running process one question over its control socket. Without state. */
final class ControlClient {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);
  private static final Duration LOOK_UP_EVERY = Duration.ofMillis(100);

  /**
   * An answer.
   *
   * @param message its first part
   * @param more the parts after it, none for most questions
   */
  record Answer(ControlMessage message, List<byte[]> more) {}

  private ControlClient() {}

  /** Asks; no answer, or one that says no, is a {@link ProgramException}. */
  static Answer ask(Endpoint control, String request, StopSignal stop) {
    try (Sockets sockets = new Sockets()) {
      ZMQ.Socket socket = sockets.requestOnce(control, LOOK_UP_EVERY);
      try {
        socket.send(ControlMessage.request(request).encode());
        return answer(control, await(socket, stop));
      } finally {
        sockets.close(socket, Duration.ZERO);
      }
    }
  }

  /** Null when no answer came in time, or the stop signal did. */
  private static List<byte[]> await(ZMQ.Socket socket, StopSignal stop) {
    long deadline = System.nanoTime() + ANSWER_WITHIN.toNanos();
    List<byte[]> parts = null;
    while (parts == null && System.nanoTime() < deadline && !stop.getAsBoolean()) {
      parts = Messages.await(socket);
    }
    return parts;
  }

  private static Answer answer(Endpoint control, List<byte[]> parts) {
    if (parts == null) {
      throw ProgramException.failed(
          "no answer from "
              + control
              + " within "
              + ANSWER_WITHIN.toSeconds()
              + " s; is a frameline process running there?",
          null);
    }
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
