package org.frameline.protocol.socket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.StreamMessage;
import org.frameline.protocol.Token;

/**
 * Asks a publisher's history for frames, a few at a time, and tells it how far this subscriber is.
 * One question at a time, asked again when no answer comes. Not thread-safe: belongs to the loop of
 * the subscriber.
 */
final class HistoryLink implements AutoCloseable {
  /** How many frames one answer may bring. */
  static final int CREDIT = 8;

  private static final int MOST_PARTS = 1 + CREDIT * MessageCodec.PARTS;
  private static final int MARGIN = 8;

  /** Then it is asked again, and has twice the time: frames may take long on a slow link. */
  private static final long ANSWER_WITHIN_NS = Duration.ofSeconds(1).toNanos();

  private static final long MOST_WITHIN_NS = Duration.ofSeconds(16).toNanos();

  /**
   * What the history answered.
   *
   * @param stream the publisher's stream
   * @param first the number of the first frame of this answer; what was asked for before it is gone
   * @param lasting the oldest frame that will be there for a while, for who begins
   * @param frames frames in a row, none when there are none
   */
  record Answer(String stream, long first, long lasting, List<IncomingFrame> frames) {}

  /** Takes what the history answers, on the thread of the loop. */
  interface Listener {
    void answered(Answer answer);

    void malformed(MalformedMessageException fault);
  }

  private final Sockets sockets;
  private final PollLoop loop;
  private final Endpoint endpoint;
  private final String name;
  private final String token;
  private final RequestSocket socket;
  private final Listener listener;
  private boolean asking;
  private long askedNs;
  private long answerWithinNs = ANSWER_WITHIN_NS;

  HistoryLink(
      Sockets sockets,
      PollLoop loop,
      Endpoint endpoint,
      String name,
      String token,
      Listener listener) {
    this.sockets = sockets;
    this.loop = loop;
    this.endpoint = endpoint;
    this.name = name;
    this.token = token;
    this.listener = listener;
    socket = sockets.requestFrames(endpoint);
    // Nothing else comes here than answers.
    loop.onMessageWhile(socket, () -> asking, this::takeAnswer);
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** Whether an answer is awaited that may still come. */
  boolean isAsking() {
    return asking && System.nanoTime() - askedNs < answerWithinNs;
  }

  /** Whether a question was lost, or its answer. */
  boolean asksInVain() {
    return asking && !isAsking();
  }

  /** Whether something was asked that is not answered yet. */
  boolean isAwaited() {
    return asking;
  }

  /**
   * Asks for up to {@code count} frames from {@code first} on.
   *
   * @param taken all frames before this one have been taken
   */
  void askFrames(String stream, long taken, long first, long count) {
    ask(question("frames", stream, taken).with("first", first).with("count", count));
  }

  /** Says that all frames before this one have been taken. */
  void tellTaken(String stream, long taken) {
    ask(question("taken", stream, taken));
  }

  private ControlMessage question(String request, String stream, long taken) {
    return ControlMessage.request(request)
        .with("subscriber", name)
        .with(Token.KEY, token)
        .with("stream", stream)
        .with("taken", taken);
  }

  private void ask(ControlMessage question) {
    if (asking) {
      answerWithinNs = Math.min(MOST_WITHIN_NS, 2 * answerWithinNs);
    }
    asking |= socket.offer(question);
    askedNs = System.nanoTime();
  }

  /** Leaves out the oldest ones of a full history, which are about to be overwritten. */
  private static long lasting(ControlMessage answer) {
    long capacity = answer.count("capacity").orElse(0L);
    long next = answer.count("next_frame").orElse(0L);
    return Math.max(0, next - (capacity - capacity / MARGIN));
  }

  private boolean takeAnswer() {
    List<byte[]> parts = socket.receive(MOST_PARTS);
    if (parts == null) {
      return false;
    }
    // One that was asked again meanwhile is answered twice; the next question waits for that, or it
    // and all after it would be doubled too.
    asking = !socket.isLastAnswered();
    if (!asking) {
      answerWithinNs = ANSWER_WITHIN_NS;
    }
    try {
      ControlMessage answer = ControlMessage.decode(parts.get(0));
      List<IncomingFrame> frames = new ArrayList<>();
      for (int i = 1; i + MessageCodec.PARTS <= parts.size(); i += MessageCodec.PARTS) {
        List<byte[]> message = parts.subList(i, i + MessageCodec.PARTS);
        if (MessageCodec.decode(message) instanceof StreamMessage.Frame frame) {
          frames.add(IncomingFrame.inline(frame, List.copyOf(message)));
        }
      }
      listener.answered(
          new Answer(
              answer.text("stream").orElse(""),
              answer.count("first").orElse(-1L),
              lasting(answer),
              frames));
    } catch (MalformedMessageException e) {
      listener.malformed(e);
    }
    return true;
  }

  @Override
  public void close() {
    loop.forget(socket);
    sockets.close(socket, Duration.ZERO);
  }
}
