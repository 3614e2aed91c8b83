package org.frameline.protocol.socket;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.frameline.protocol.ControlMessage;
import org.zeromq.ZMQ;

/**
 * The asking side of REQ/REP that never gets stuck: it may ask again at any time, whether an answer
 * has come or not, and takes the answer to its last question, or to any of its questions. It is a
 * DEALER that sends what a REQ with REQ_CORRELATE sends: the number of the question, an empty part,
 * the question. As any socket it belongs to the thread that asked for it.
 *
 * <p>Source of the envelope: RFC 28/REQREP, rfc.zeromq.org/spec/28.
 */
final class RequestSocket extends MessageSocket {
  private static final byte[] EMPTY = {};
  private static final int ENVELOPE_PARTS = 2;

  private final boolean takesLateAnswers;
  private final long first = ThreadLocalRandom.current().nextLong();
  private long questions;
  private long answered = -1;

  /**
   * Has asked nothing yet.
   *
   * @param takesLateAnswers whether answers to questions that were asked again meanwhile count too
   */
  RequestSocket(ZMQ.Socket socket, boolean takesLateAnswers) {
    super(socket);
    this.takesLateAnswers = takesLateAnswers;
  }

  @Override
  public boolean offer(ControlMessage message) {
    byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(first + questions).array();
    if (!socket().send(number, ZMQ.SNDMORE | ZMQ.DONTWAIT)) {
      return false;
    }
    questions++;
    socket().send(EMPTY, ZMQ.SNDMORE);
    return socket().send(message.encode());
  }

  @Override
  public List<byte[]> receive() {
    return receive(Messages.MOST_PARTS_KEPT);
  }

  @Override
  List<byte[]> receive(int mostParts) {
    List<byte[]> parts = super.receive(ENVELOPE_PARTS + mostParts);
    while (parts != null && !isAnswer(parts)) {
      parts = super.receive(ENVELOPE_PARTS + mostParts);
    }
    return withoutEnvelope(parts);
  }

  @Override
  public List<byte[]> receive(Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    List<byte[]> parts = super.receive(within);
    while (parts != null && !isAnswer(parts)) {
      long leftNs = deadline - System.nanoTime();
      parts = leftNs > 0 ? super.receive(Duration.ofNanos(leftNs)) : null;
    }
    return withoutEnvelope(parts);
  }

  /** Whether the question that was asked last has its answer. */
  boolean isLastAnswered() {
    return answered == questions - 1;
  }

  private static List<byte[]> withoutEnvelope(List<byte[]> parts) {
    return parts == null ? null : parts.subList(ENVELOPE_PARTS, parts.size());
  }

  private boolean isAnswer(List<byte[]> parts) {
    if (parts.size() <= ENVELOPE_PARTS
        || parts.get(0).length != Long.BYTES
        || parts.get(1).length > 0) {
      return false;
    }
    long question = ByteBuffer.wrap(parts.get(0)).getLong() - first;
    boolean isTaken =
        question >= 0 && question < questions && (takesLateAnswers || question == questions - 1);
    if (isTaken) {
      answered = question;
    }
    return isTaken;
  }
}
