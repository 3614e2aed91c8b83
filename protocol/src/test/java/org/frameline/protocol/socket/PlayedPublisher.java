package org.frameline.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.Samples;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** The publisher's side of the wire, played by a test with plain sockets. One thread. */
final class PlayedPublisher implements AutoCloseable {
  private static final int PATIENCE_MS = 5_000;

  private final ZContext context = new ZContext();
  private final ZMQ.Socket frames = context.createSocket(SocketType.XPUB);
  private final ZMQ.Socket control = context.createSocket(SocketType.REP);
  private final ZMQ.Socket history = context.createSocket(SocketType.REP);

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
    return Sockets.boundTo(history);
  }

  /** The next question to the history that asks for frames; those that only tell are answered. */
  ControlMessage historyQuestion() throws MalformedMessageException {
    while (true) {
      byte[] message = history.recv();
      assertThat(message).as("a question to the history").isNotNull();
      ControlMessage question = ControlMessage.decode(message);
      if (question.text("request").orElseThrow().equals("frames")) {
        return question;
      }
      history.send(ControlMessage.ok().encode());
    }
  }

  /** Answers with these frames of a stream. */
  void answerFrames(String stream, long first, long... numbers) {
    byte[] answer = ControlMessage.ok().with("stream", stream).with("first", first).encode();
    history.send(answer, numbers.length == 0 ? 0 : ZMQ.SNDMORE);
    for (int i = 0; i < numbers.length; i++) {
      List<byte[]> parts = Samples.parts(Samples.frame("camera_frame", stream, numbers[i]));
      for (int part = 0; part < parts.size(); part++) {
        boolean last = i == numbers.length - 1 && part == parts.size() - 1;
        history.send(parts.get(part), last ? 0 : ZMQ.SNDMORE);
      }
    }
  }

  Endpoint framesAt() {
    return Sockets.boundTo(frames);
  }

  Endpoint controlAt() {
    return Sockets.boundTo(control);
  }

  /** The topic of the next subscription. */
  String subscription() {
    return topicAfter((byte) 1);
  }

  /** The topic that is left next. */
  String unsubscription() {
    return topicAfter((byte) 0);
  }

  private String topicAfter(byte subscribes) {
    byte[] message = frames.recv();
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
