package org.frameline.protocol.socket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.StreamMessage;
import org.zeromq.ZMQ;
import zmq.Msg;

/**
 * The answering side of a control or handshake socket. For whoever asks it is a REP socket; it is a
 * ROUTER, so that an answer may wait for its time while others are answered, and because JeroMQ's
 * REP can fall silent after a message without the empty part that a REQ sends. Not thread-safe:
 * belongs to the thread of its loop.
 */
public final class ControlServer implements AutoCloseable {
  private static final Duration LINGER = Duration.ofMillis(300);
  private static final int ANSWERS_IN_A_ROW = 32;

  /** Takes one request; answers it now, or keeps {@code reply} and answers later. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Answers one question.
     *
     * @throws MalformedMessageException when something in it cannot be understood; the reason is
     *     the answer then
     */
    void take(ControlMessage request, Reply reply) throws MalformedMessageException;
  }

  /** Where one answer goes. */
  public final class Reply {
    private final List<byte[]> envelope;

    private Reply(List<byte[]> envelope) {
      this.envelope = List.copyOf(envelope);
    }

    /** By which connection the question came; it is another one after each reconnect. */
    public ByteBuffer peer() {
      return ByteBuffer.wrap(envelope.get(0));
    }

    /** Answers; somebody who is gone is not told. */
    public void send(ControlMessage answer) {
      sendEnvelope();
      socket.socket().send(answer.encode());
    }

    /** Answers with frames behind it, each as it is on the wire: topic, header, payload. */
    public void send(ControlMessage answer, List<StreamMessage.Frame> frames) {
      ZMQ.Socket socket = ControlServer.this.socket.socket();
      sendEnvelope();
      socket.send(answer.encode(), frames.isEmpty() ? 0 : ZMQ.SNDMORE);
      for (int i = 0; i < frames.size(); i++) {
        StreamMessage.Frame frame = frames.get(i);
        socket.send(frame.topic().getBytes(StandardCharsets.UTF_8), ZMQ.SNDMORE);
        socket.send(MessageCodec.header(frame), ZMQ.SNDMORE);
        boolean last = i == frames.size() - 1;
        socket.sendMsg(new Msg(frame.payload().slice()), last ? 0 : ZMQ.SNDMORE);
      }
    }

    /**
     * Answers with one binary part behind it.
     *
     * @param piece handed over: nobody may write to it again
     */
    public void send(ControlMessage answer, byte[] piece) {
      sendEnvelope();
      socket.socket().send(answer.encode(), ZMQ.SNDMORE);
      socket.socket().send(piece);
    }

    private void sendEnvelope() {
      envelope.forEach(part -> socket.socket().send(part, ZMQ.SNDMORE));
    }
  }

  private final Sockets sockets;
  private final MessageSocket socket;
  private final Handler handler;
  private final Refusals refusals;
  private Consumer<ByteBuffer> gone = peer -> {};

  /**
   * Binds at once, so that an endpoint in use is known before anything else happens.
   *
   * @param option the option that chose the endpoint, for the message when it is in use
   */
  public ControlServer(Sockets sockets, Endpoint endpoint, String option, Handler handler) {
    this(sockets, sockets.reply(endpoint, option), handler);
  }

  private ControlServer(Sockets sockets, MessageSocket socket, Handler handler) {
    this.sockets = sockets;
    this.socket = socket;
    this.handler = handler;
    refusals = new Refusals("a malformed request on " + reachable());
  }

  /**
   * For answers with many frames: hardly any of them are queued for a client that does not read.
   */
  public static ControlServer ofFrames(
      Sockets sockets, Endpoint endpoint, String option, Handler handler) {
    return new ControlServer(sockets, sockets.replyFrames(endpoint, option), handler);
  }

  /**
   * For answers with one binary part.
   *
   * @param queuedAnswers how many may wait for one client; further ones are dropped
   */
  public static ControlServer ofPieces(
      Sockets sockets, Endpoint endpoint, String option, int queuedAnswers, Handler handler) {
    return new ControlServer(
        sockets, sockets.replyPieces(endpoint, option, queuedAnswers), handler);
  }

  /** Tells which connections have ended, by {@link Reply#peer()}. */
  public void onGone(Consumer<ByteBuffer> listener) {
    gone = listener;
  }

  /** Where it is bound, with the port that the system chose for {@code *}. */
  public Endpoint boundTo() {
    return socket.boundTo();
  }

  /** Begins to answer on this loop. */
  public void serveOn(PollLoop loop) {
    loop.onMessage(socket, this::takeOne);
  }

  /** Answers what has been asked meanwhile, for a loop that waits elsewhere. */
  public void takeWaiting() {
    int taken = 0;
    while (taken < ANSWERS_IN_A_ROW && takeOne()) {
      taken++;
    }
  }

  /** Where it answers for who is on this machine: with the port that the system chose for *. */
  public Endpoint reachable() {
    return boundTo().reachedHere();
  }

  private boolean takeOne() {
    List<byte[]> parts = socket.receive();
    if (parts == null) {
      return false;
    }
    if (parts.size() == 2 && Arrays.equals(parts.get(1), Sockets.GONE)) {
      gone.accept(ByteBuffer.wrap(parts.get(0)));
      return true;
    }
    int delimiter = 1;
    while (delimiter < parts.size() && parts.get(delimiter).length > 0) {
      delimiter++;
    }
    if (delimiter + 1 >= parts.size()) {
      refused("envelope", "expected the empty part that a REQ socket sends first, found none");
      return true;
    }
    Reply reply = new Reply(parts.subList(0, delimiter + 1));
    try {
      handler.take(ControlMessage.decode(parts.get(delimiter + 1)), reply);
    } catch (MalformedMessageException e) {
      refusals.add(e);
      reply.send(ControlMessage.error(e.getMessage()));
    }
    return true;
  }

  /** Counts a request that is refused, and logs the first of its kind. */
  public void refused(String kind, String why) {
    refusals.add(kind, why);
  }

  /** Requests that were no JSON object, had no way back, or asked for something unknown. */
  public long refused() {
    return refusals.count();
  }

  @Override
  public void close() {
    sockets.close(socket, LINGER);
  }
}
