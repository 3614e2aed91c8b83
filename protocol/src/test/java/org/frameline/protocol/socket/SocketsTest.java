package org.frameline.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

@ExtendWith(NoThreadLeft.class)
class SocketsTest {
  private static final Endpoint ANY = Endpoint.parse("tcp://127.0.0.1:*");

  @Test
  void bindsToAPortOfTheSystemsChoiceAndTellsWhich() {
    try (Sockets sockets = new Sockets()) {
      MessageSocket socket = sockets.publish(ANY, "--bind", 5);
      Endpoint endpoint = socket.boundTo();
      assertThat(endpoint.host()).isEqualTo("127.0.0.1");
      assertThat(Integer.parseInt(endpoint.port())).isPositive();
      sockets.close(socket, Duration.ZERO);
    }
  }

  @Test
  void everySocketHasItsLimitsSetOnPurpose() {
    try (Sockets sockets = new Sockets()) {
      Endpoint peer = Endpoint.parse("tcp://127.0.0.1:9");
      List<MessageSocket> data =
          List.of(
              sockets.publish(ANY, "--bind", 5),
              sockets.subscribe(peer, 5),
              sockets.bindPush(ANY, "--bind", 5, new Connections()),
              sockets.connectPush(peer, 5),
              sockets.bindPull(ANY, "--bind", 5),
              sockets.connectPull(peer, 5, new Connections()));
      List<MessageSocket> control =
          List.of(
              sockets.reply(ANY, "--control-bind"),
              sockets.request(peer),
              sockets.requestOnce(peer));
      for (MessageSocket one : data) {
        ZMQ.Socket socket = one.socket();
        assertThat(socket.getSndHWM()).as(socket.getSocketType().name()).isEqualTo(5);
        // A PUSH socket reads only to notice that a peer is gone.
        boolean push = socket.getSocketType() == SocketType.PUSH;
        assertThat(socket.getRcvHWM())
            .as(socket.getSocketType().name())
            .isEqualTo(push ? 1_000 : 5);
        assertThat(socket.getMaxMsgSize()).isBetween(1L, mostBytes(socket.getSocketType()));
        requireLimits(socket);
      }
      for (MessageSocket one : control) {
        ZMQ.Socket socket = one.socket();
        assertThat(socket.getSndHWM()).isEqualTo(64);
        assertThat(socket.getRcvHWM()).isEqualTo(64);
        assertThat(socket.getMaxMsgSize()).isPositive();
        requireLimits(socket);
      }
      data.forEach(socket -> sockets.close(socket, Duration.ZERO));
      control.forEach(socket -> sockets.close(socket, Duration.ZERO));
    }
  }

  /** What waits in the system on its way to a worker is dealt out; results are not. */
  @Test
  void onlyTheBufferOfTasksIsSmall() {
    try (Sockets sockets = new Sockets()) {
      MessageSocket results = sockets.bindPull(ANY, "--bind", 1);
      MessageSocket tasks = sockets.connectPull(results.boundTo(), 1, new Connections());
      assertThat(tasks.socket().getReceiveBufferSize()).isEqualTo(512 * 1024);
      assertThat(results.socket().getReceiveBufferSize()).as("as the system has it").isZero();
      sockets.close(tasks, Duration.ZERO);
      sockets.close(results, Duration.ZERO);
    }
  }

  private static long mostBytes(SocketType type) {
    return switch (type) {
      case PUSH -> 1_024;
      case XPUB -> 4_096;
      default -> 1L << 30;
    };
  }

  private static void requireLimits(ZMQ.Socket socket) {
    assertThat(socket.getLinger()).isZero();
    assertThat(socket.getHeartbeatIvl()).isEqualTo(2_000);
    assertThat(socket.getHeartbeatTimeout()).isEqualTo(10_000);
    assertThat(socket.getHandshakeIvl()).isEqualTo(2_000);
    assertThat(socket.getReconnectIVL()).isEqualTo(50);
    assertThat(socket.getReconnectIVLMax()).isEqualTo(250);
  }

  @Test
  void anAddressInUseIsOneLineThatNamesTheOption() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Sockets sockets = new Sockets()) {
      String endpoint = "tcp://127.0.0.1:" + taken.getLocalPort();
      assertThatExceptionOfType(EndpointException.class)
          .isThrownBy(() -> sockets.bindPull(Endpoint.parse(endpoint), "--bind", 1))
          .withMessage(
              "cannot bind " + endpoint + ": the address is in use; choose another with --bind");
    }
  }

  @Test
  void anAddressOfAnotherMachineIsOneLineToo() {
    try (Sockets sockets = new Sockets()) {
      // 192.0.2.0/24 is reserved for documentation, so no machine has it.
      Endpoint endpoint = Endpoint.parse("tcp://192.0.2.1:5555");
      assertThatExceptionOfType(EndpointException.class)
          .isThrownBy(() -> sockets.reply(endpoint, "--control-bind"))
          .withMessage(
              "cannot bind tcp://192.0.2.1:5555: Cannot assign requested address;"
                  + " choose another with --control-bind");
    }
  }

  @Test
  void aHostThatDoesNotExistIsOneLine() {
    try (Sockets sockets = new Sockets()) {
      EndpointException bind =
          catchThrowableOfType(
              EndpointException.class,
              () -> sockets.reply(Endpoint.parse("tcp://no-such-host.invalid:5555"), "--bind"));
      assertThat(bind.getMessage())
          .hasLineCount(1)
          .startsWith("cannot bind tcp://no-such-host.invalid:5555: ")
          .doesNotContain("null");
    }
  }

  @Test
  void connectingToNoPortIsOneLine() {
    try (Sockets sockets = new Sockets()) {
      EndpointException connect =
          catchThrowableOfType(EndpointException.class, () -> sockets.subscribe(ANY, 1));
      assertThat(connect.getMessage())
          .hasLineCount(1)
          .startsWith("cannot connect to tcp://127.0.0.1:*: ")
          .doesNotContain("null");
    }
  }

  @Test
  void endsAtOnceWhenAllSocketsAreClosed() {
    Sockets sockets = new Sockets();
    sockets.close(sockets.bindPull(ANY, "--bind", 1), Duration.ZERO);
    assertThat(timeOf(sockets::close)).isLessThan(Duration.ofMillis(400));
  }

  @Test
  void endsAfterAMomentWhenASocketWasForgotten() {
    Sockets sockets = new Sockets();
    sockets.bindPull(ANY, "--bind", 1);
    assertThat(timeOf(sockets::close)).isBetween(Duration.ofMillis(450), Duration.ofSeconds(2));
  }

  @Test
  void waitsForASocketThatItsOwnThreadIsAboutToClose() throws Exception {
    Sockets sockets = new Sockets();
    CountDownLatch ending = new CountDownLatch(1);
    Thread owner =
        new Thread(
            () -> {
              MessageSocket socket = sockets.bindPull(ANY, "--bind", 1);
              ending.countDown();
              // Still in its last poll when the end comes.
              socket.receive(Duration.ofMillis(100));
              sockets.close(socket, Duration.ZERO);
            });
    owner.start();
    ending.await();
    assertThat(timeOf(sockets::close)).isLessThan(Duration.ofMillis(450));
    owner.join();
  }

  @Test
  void noneOfManyShortConnectionsHangsInItsHandshake() throws Exception {
    int connections = 300;
    try (Sockets sockets = new Sockets()) {
      CompletableFuture<Endpoint> bound = new CompletableFuture<>();
      Thread server = new Thread(() -> answer(sockets, bound, connections));
      server.start();
      for (int i = 0; i < connections; i++) {
        MessageSocket socket = sockets.requestOnce(bound.get());
        socket.offer(ControlMessage.request("status"));
        assertThat(socket.receive(Duration.ofSeconds(5))).as("answer %d", i).isNotNull();
        sockets.close(socket, Duration.ZERO);
      }
      server.join();
    }
  }

  private static void answer(Sockets sockets, CompletableFuture<Endpoint> bound, int questions) {
    MessageSocket socket = sockets.reply(ANY, "--control-bind");
    bound.complete(socket.boundTo());
    int answered = 0;
    while (answered < questions) {
      List<byte[]> question = socket.receive(Duration.ofSeconds(20));
      assertThat(question).isNotNull();
      if (Arrays.equals(question.get(question.size() - 1), Sockets.GONE)) {
        continue;
      }
      answered++;
      question.set(question.size() - 1, new byte[1]);
      assertThat(socket.forward(question)).isTrue();
    }
    sockets.close(socket, Duration.ofMillis(200));
  }

  private static Duration timeOf(Runnable action) {
    long start = System.nanoTime();
    action.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
