package org.frameline.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.MalformedMessageException;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** The publisher's side of the wire, played by a test with plain sockets. One thread. */
final class PlayedPublisher implements AutoCloseable {
  private static final int PATIENCE_MS = 5_000;

  private final ZContext context = new ZContext();
  private final ZMQ.Socket frames = context.createSocket(SocketType.XPUB);
  private final ZMQ.Socket control = context.createSocket(SocketType.REP);

  PlayedPublisher(Endpoint framesAt, Endpoint controlAt) {
    for (ZMQ.Socket socket : List.of(frames, control)) {
      socket.setHandshakeIvl(1_000);
      socket.setLinger(0);
      socket.setReceiveTimeOut(PATIENCE_MS);
    }
    frames.setXpubVerbose(true);
    assertThat(frames.bind(framesAt.toString())).isTrue();
    assertThat(control.bind(controlAt.toString())).isTrue();
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
