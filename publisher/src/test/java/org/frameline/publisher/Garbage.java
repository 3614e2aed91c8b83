package org.frameline.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.frameline.protocol.Endpoint;

/** What strangers send. No state. */
final class Garbage {
  private Garbage() {}

  /** Messages that are no questions and no subscriptions. */
  static List<byte[]> messages() {
    return List.of(
        new byte[0],
        new byte[] {0},
        new byte[] {1},
        new byte[] {0, 0, 0, '{', 0x7f, 0, 0, 0},
        "{\"request\":".getBytes(StandardCharsets.UTF_8),
        "{\"request\":[1,2]}".getBytes(StandardCharsets.UTF_8),
        "[".repeat(5_000).getBytes(StandardCharsets.UTF_8),
        new byte[60_000]);
  }

  /** Bytes that are no ZeroMQ, from connections that come and go. */
  static void pourOn(String endpoint) throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      byte[] bytes = new byte[random.nextInt(5_000)];
      random.nextBytes(bytes);
      if (i % 2 == 0 && bytes.length > 12) {
        // Begins like ZMTP 3, so that the handshake is reached.
        byte[] greeting = {(byte) 0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0};
        System.arraycopy(greeting, 0, bytes, 0, greeting.length);
      }
      int port = Integer.parseInt(Endpoint.parse(endpoint).port());
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
          OutputStream out = socket.getOutputStream()) {
        assertThat(socket.isConnected()).as("seed %d", seed).isTrue();
        out.write(bytes);
      } catch (java.net.SocketException hungUp) {
        // The other side may hang up at any byte of it.
        assertThat(hungUp.getMessage()).as("seed %d", seed).containsAnyOf("reset", "pipe");
      }
    }
  }
}
