package zmq.io.net.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class TcpListenerTest {
  private static final int FEW_MS = 500;

  /** Whether the other side takes the connection: it sends its greeting then. */
  private static boolean isGreeted(Socket socket) throws IOException {
    socket.setSoTimeout(20_000);
    try {
      return socket.getInputStream().read() == 0xff;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void takesNoMoreConnectionsThanItsLimitUntilOneEnds() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (ZContext context = new ZContext()) {
      ZMQ.Socket pull = context.createSocket(SocketType.PULL);
      // Those who say nothing may stay, for this test.
      pull.setHandshakeIvl(0);
      assertThat(pull.bind("tcp://127.0.0.1:*")).isTrue();
      int port = URI.create(pull.getLastEndpoint()).getPort();
      for (int i = 0; i < TcpListener.MOST_CONNECTIONS; i++) {
        sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
        assertThat(isGreeted(sockets.get(i))).as("connection %d", i).isTrue();
      }
      try (Socket more = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(isGreeted(more)).isFalse();
      }
      sockets.remove(0).close();
      ZMQ.Socket push = context.createSocket(SocketType.PUSH);
      push.setReconnectIVL(FEW_MS / 10);
      push.setSendTimeOut(20_000);
      push.connect("tcp://127.0.0.1:" + port);
      assertThat(push.send("it")).isTrue();
      pull.setReceiveTimeOut(20_000);
      assertThat(pull.recvStr()).isEqualTo("it");
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
