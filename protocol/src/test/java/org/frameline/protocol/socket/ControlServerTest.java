package org.frameline.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Which connection a question came by, and when that has ended. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class ControlServerTest {
  private final Sockets sockets = new Sockets();
  private final ZContext context = new ZContext();
  private final List<ByteBuffer> asked = new ArrayList<>();
  private final List<ByteBuffer> gone = new ArrayList<>();
  private final ControlServer server =
      new ControlServer(
          sockets,
          Endpoint.parse("tcp://127.0.0.1:*"),
          "--bind",
          (question, reply) -> {
            asked.add(reply.peer());
            reply.send(ControlMessage.ok());
          });

  ControlServerTest() {
    server.onGone(gone::add);
  }

  @AfterEach
  void endAll() {
    context.close();
    server.close();
    sockets.close();
  }

  private ZMQ.Socket ask(SocketType type) {
    ZMQ.Socket socket = context.createSocket(type);
    socket.setHandshakeIvl(1_000);
    socket.setLinger(0);
    socket.connect(server.boundTo().toString());
    ask(socket);
    return socket;
  }

  private void ask(ZMQ.Socket socket) {
    socket.send("{}");
    await()
        .pollInSameThread()
        .until(
            () -> {
              server.takeWaiting();
              return socket.recv(ZMQ.DONTWAIT) != null;
            });
  }

  private void awaitGone(ByteBuffer... peers) {
    await()
        .pollInSameThread()
        .untilAsserted(
            () -> {
              server.takeWaiting();
              assertThat(gone).containsExactlyInAnyOrder(peers);
            });
  }

  @Test
  void aPeerKeepsItsAddressUntilItIsGone() {
    ZMQ.Socket one = ask(SocketType.REQ);
    ZMQ.Socket other = ask(SocketType.REQ);
    ask(one);
    assertThat(asked.get(0)).isEqualTo(asked.get(2)).isNotEqualTo(asked.get(1));
    assertThat(gone).isEmpty();
    one.close();
    awaitGone(asked.get(0));
    ask(other);
    other.close();
    awaitGone(asked.get(0), asked.get(1));
    assertThat(server.refused()).isZero();
  }

  @Test
  void whoWasNeverThereIsNotGone() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (Socket raw =
          new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(server.boundTo().port()))) {
        raw.getOutputStream()
            .write("\377\0\0\0".getBytes(StandardCharsets.ISO_8859_1), 0, i % 5 % 4);
      }
    }
    ZMQ.Socket one = ask(SocketType.REQ);
    one.close();
    awaitGone(asked.get(0));
    assertThat(server.refused()).isZero();
  }

  /** Whoever says so of itself is taken at its word. */
  @Test
  void saysOnlyOfItselfThatItIsGone() {
    ZMQ.Socket good = ask(SocketType.REQ);
    ZMQ.Socket bad = context.createSocket(SocketType.DEALER);
    bad.setLinger(0);
    bad.connect(server.boundTo().toString());
    bad.send(Sockets.GONE);
    await()
        .pollInSameThread()
        .until(
            () -> {
              server.takeWaiting();
              return gone.size() == 1;
            });
    assertThat(gone).doesNotContain(asked.get(0));
    ask(good);
  }
}
