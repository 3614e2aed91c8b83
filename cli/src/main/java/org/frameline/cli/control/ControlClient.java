package org.frameline.cli.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.socket.MessageSocket;
import org.frameline.protocol.socket.PollLoop;
import org.frameline.protocol.socket.Sockets;

/** Asks a running process one question over its control socket. Without state. */
public final class ControlClient {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);
  private static final Duration LOOK_UP_EVERY = Duration.ofMillis(50);

  /**
   * An answer.
   *
   * @param message its first part
   * @param more the parts after it, none for most questions
   */
  public record Answer(ControlMessage message, List<byte[]> more) {}

  private ControlClient() {}

  /** Asks; no answer, or one that says no, is a {@link ProgramException}. */
  public static Answer ask(Endpoint control, String request, StopSignal stop) {
    try (Sockets sockets = new Sockets()) {
      MessageSocket socket = sockets.requestOnce(control);
      try {
        socket.offer(ControlMessage.request(request));
        return answer(control, await(socket, stop));
      } finally {
        sockets.close(socket, Duration.ZERO);
      }
    }
  }

  /**
   * Asks many at once for their status, and waits for all of them together no longer than {@code
   * within}.
   *
   * @return the answers of those that gave a good one, in the same order; null for the others
   */
  public static List<ControlMessage> askAll(
      List<Endpoint> controls, Duration within, StopSignal stop) {
    ControlMessage[] answers = new ControlMessage[controls.size()];
    try (Sockets sockets = new Sockets()) {
      List<MessageSocket> open = new ArrayList<>();
      try (PollLoop loop = new PollLoop(sockets, stop)) {
        long deadline = System.nanoTime() + within.toNanos();
        int[] left = {controls.size()};
        for (int i = 0; i < controls.size(); i++) {
          int index = i;
          MessageSocket socket = sockets.request(controls.get(i));
          open.add(socket);
          socket.offer(ControlMessage.request("status"));
          loop.onMessageWhile(
              socket,
              () -> answers[index] == null,
              () -> {
                answers[index] = statusIn(socket.receive());
                left[0] -= answers[index] == null ? 0 : 1;
                return answers[index] != null;
              });
        }
        loop.every(
            LOOK_UP_EVERY,
            () -> {
              if (left[0] == 0 || System.nanoTime() - deadline > 0) {
                loop.finish();
              }
            });
        loop.run();
      } finally {
        open.forEach(socket -> sockets.close(socket, Duration.ZERO));
      }
    }
    return Arrays.asList(answers);
  }

  private static ControlMessage statusIn(List<byte[]> parts) {
    if (parts == null) {
      return null;
    }
    try {
      ControlMessage answer = ControlMessage.decode(parts.get(0));
      return answer.isOk() ? answer : null;
    } catch (MalformedMessageException e) {
      return null;
    }
  }

  /** Null when no answer came in time, or the stop signal did. */
  private static List<byte[]> await(MessageSocket socket, StopSignal stop) {
    long deadline = System.nanoTime() + ANSWER_WITHIN.toNanos();
    List<byte[]> parts = null;
    while (parts == null && System.nanoTime() < deadline && !stop.getAsBoolean()) {
      parts = socket.receive(LOOK_UP_EVERY);
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
