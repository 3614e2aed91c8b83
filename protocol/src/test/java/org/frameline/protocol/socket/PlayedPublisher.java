package org.frameline.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.Samples;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** The publisher's side of the wire, played by a test with plain sockets. One thread. */
final class PlayedPublisher implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;

  private final ZContext context = new ZContext();
  private final ZMQ.Socket frames = context.createSocket(SocketType.XPUB);
  private final ZMQ.Socket control = context.createSocket(SocketType.REP);
  private final ZMQ.Socket history = context.createSocket(SocketType.REP);

  private byte[] controlAnswer = ControlMessage.ok().encode();
  private int answered;
  private Object lastFirst;
  private List<byte[]> lastFrames;

  PlayedPublisher(Endpoint framesAt, Endpoint controlAt) {
    for (ZMQ.Socket socket : List.of(frames, control, history)) {
      socket.setHandshakeIvl(1_000);
      socket.setLinger(0);
      socket.setReceiveTimeOut(PATIENCE_MS);
    }
    frames.setXpubVerbose(true);
    assertThat(frames.bind(framesAt.toString())).isTrue();
    assertThat(control.bind(controlAt.toString())).isTrue();
    assertThat(history.bind("tcp://127.0.0.1:*")).isTrue();
  }

  Endpoint historyAt() {
    return Endpoint.parse(history.getLastEndpoint());
  }

  Endpoint framesAt() {
    return Endpoint.parse(frames.getLastEndpoint());
  }

  Endpoint controlAt() {
    return Endpoint.parse(control.getLastEndpoint());
  }

  /** From now on every question on the control socket gets this answer while others are served. */
  void answerControlWith(ControlMessage answer) {
    answerControlWith(answer.encode());
  }

  void answerControlWith(byte[] answer) {
    controlAnswer = answer;
  }

  /** Answers questions on the control socket until this holds. */
  void serveUntil(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(25).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      serveControl();
    }
  }

  private void serveControl() {
    control.setReceiveTimeOut(20);
    byte[] question = control.recv();
    control.setReceiveTimeOut(PATIENCE_MS);
    if (question != null) {
      control.send(controlAnswer);
      answered++;
    }
  }

  /** How many questions on the control socket were answered while others were served. */
  int answered() {
    return answered;
  }

  /**
   * The next question to the history that asks for frames; those that only tell are answered, and
   * one whose answer came too late on a busy machine gets it again.
   */
  ControlMessage historyQuestion() throws MalformedMessageException {
    return historyQuestionUntil(() -> false);
  }

  /** As {@link #historyQuestion}; null once the condition holds. */
  ControlMessage historyQuestionUntil(BooleanSupplier over) throws MalformedMessageException {
    history.setReceiveTimeOut(20);
    AtomicReference<byte[]> message = new AtomicReference<>();
    while (true) {
      serveUntil(
          () -> {
            message.set(history.recv());
            return message.get() != null || over.getAsBoolean();
          });
      if (message.get() == null) {
        return null;
      }
      ControlMessage question = ControlMessage.decode(message.get());
      if (!question.text("request").orElseThrow().equals("frames")) {
        history.send(ControlMessage.ok().encode());
      } else if (question.fields().get("first").equals(lastFirst) && lastFrames != null) {
        sendFrames();
      } else {
        lastFirst = question.fields().get("first");
        lastFrames = null;
        return question;
      }
    }
  }

  /** Answers with these frames of a stream. */
  void answerFrames(String stream, long first, long... numbers) {
    answerFrames(ControlMessage.ok().with("stream", stream).with("first", first), stream, numbers);
  }

  /** With an answer of one's own before the frames. */
  void answerFrames(ControlMessage answer, String stream, long... numbers) {
    lastFrames = new ArrayList<>();
    lastFrames.add(answer.encode());
    for (long number : numbers) {
      lastFrames.addAll(Samples.parts(Samples.frame("camera_frame", stream, number)));
    }
    sendFrames();
  }

  private void sendFrames() {
    Messages.forward(history, lastFrames);
  }

  /** The topic of the next subscription. */
  String subscription() {
    return topicAfter((byte) 1);
  }

  /** The topic that is left next. */
  String unsubscription() {
    return topicAfter((byte) 0);
  }

  /** As {@link #subscription}; questions on the control socket are answered meanwhile. */
  String awaitSubscription() {
    AtomicReference<byte[]> message = new AtomicReference<>();
    serveUntil(
        () -> {
          message.set(frames.recv(ZMQ.DONTWAIT));
          return message.get() != null;
        });
    return topicOf(message.get(), (byte) 1);
  }

  private String topicAfter(byte subscribes) {
    return topicOf(frames.recv(), subscribes);
  }

  private static String topicOf(byte[] message, byte subscribes) {
    assertThat(message).as("a subscription").isNotNull();
    assertThat(message[0]).as("1 to subscribe, 0 to leave").isEqualTo(subscribes);
    return new String(message, 1, message.length - 1, StandardCharsets.UTF_8);
  }

  ControlMessage question() throws MalformedMessageException {
    byte[] message = control.recv();
    assertThat(message).as("a question").isNotNull();
    return ControlMessage.decode(message);
  }

  void answer(ControlMessage answer) {
    control.send(answer.encode());
  }

  void answer(byte[] bytes) {
    control.send(bytes);
  }

  void send(List<byte[]> parts) {
    Messages.forward(frames, parts);
  }

  @Override
  public void close() {
    context.close();
  }
}
