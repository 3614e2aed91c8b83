package org.frameline.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.frameline.protocol.Endpoint;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class ConnectionsTest {
  private static final Endpoint ANY = Endpoint.parse("tcp://127.0.0.1:*");

  private static Socket connect(MessageSocket to) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(to.boundTo().port()));
  }

  @Test
  void countsPeersFromTheMomentTheyAreAcceptedUntilTheyAreGone() throws Exception {
    try (Sockets sockets = new Sockets()) {
      Connections workers = new Connections();
      MessageSocket push = sockets.bindPush(ANY, "--bind", 1, workers);
      assertThat(workers.accepted()).isZero();
      Connections ventilator = new Connections();
      MessageSocket pull = sockets.connectPull(push.boundTo(), 1, ventilator);
      await().until(() -> workers.accepted() == 1 && ventilator.isConnected());

      // One that says nothing, and one that leaves in the middle of the greeting.
      try (Socket silent = connect(push)) {
        await().until(() -> workers.accepted() == 2);
        await().atMost(Duration.ofSeconds(20)).until(() -> workers.accepted() == 1);
        assertThat(silent.isConnected()).isTrue();
      }
      try (Socket rude = connect(push)) {
        rude.getOutputStream().write(0xff);
        await().until(() -> workers.accepted() == 2);
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> workers.accepted() == 1);

      sockets.close(pull, Duration.ZERO);
      await().atMost(Duration.ofSeconds(20)).until(() -> workers.accepted() == 0);
      assertThat(workers.lost()).isPositive();
    }
  }
}
