package org.frameline.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.frameline.protocol.Endpoint;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class MessageMemoryTest {
  private static final byte[] READY_AS_PUSH =
      "\4\32\5READY\13Socket-Type\0\0\0\4PUSH".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] STILL_THERE = "still there".getBytes(StandardCharsets.US_ASCII);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int GREETING_BYTES = 64;
  private static final int LARGE_FRAME = 2;
  private static final int MORE = 1;

  /** 2^63 and more are negative for JeroMQ, and once took the I/O thread with them. */
  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE + Integer.MAX_VALUE, 1L << 29, Long.MAX_VALUE})
  void aPeerThatAnnouncesMoreThanThereIsStopsNobodyElse(long announced) throws Exception {
    try (Sockets sockets = new Sockets()) {
      MessageSocket pull = sockets.bindPull(Endpoint.parse("tcp://127.0.0.1:*"), "--bind", 10);
      Endpoint bound = pull.boundTo();
      for (int i = 0; i < 8; i++) {
        try (Socket peer = new Socket(bound.host(), Integer.parseInt(bound.port()))) {
          announce(peer, announced);
        }
      }
      MessageSocket good = sockets.connectPush(bound, 10);
      good.waitForRoom(PATIENCE);
      assertThat(good.forward(List.of(STILL_THERE))).isTrue();
      List<byte[]> got = pull.receive(PATIENCE);
      while (got != null && !Arrays.equals(got.get(0), STILL_THERE)) {
        got = pull.receive(PATIENCE);
      }
      assertThat(got).isNotNull();
      sockets.close(good, Duration.ZERO);
      sockets.close(pull, Duration.ZERO);
    }
  }

  /** Its parts would wait for the last one, outside of every queue. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 200})
  void aMessageThatNeverEndsEndsItsConnection(int partBytes) throws Exception {
    try (Sockets sockets = new Sockets()) {
      MessageSocket pull = sockets.bindPull(Endpoint.parse("tcp://127.0.0.1:*"), "--bind", 10);
      Endpoint bound = pull.boundTo();
      ByteBuffer parts = ByteBuffer.allocate(100 * (2 + partBytes));
      while (parts.hasRemaining()) {
        parts.put((byte) MORE).put((byte) partBytes).position(parts.position() + partBytes);
      }
      try (Socket peer = new Socket(bound.host(), Integer.parseInt(bound.port()))) {
        shakeHands(peer);
        peer.getOutputStream().write(parts.array());
        peer.setSoTimeout((int) PATIENCE.toMillis());
        assertThat(endOf(peer)).as("the connection was ended").isTrue();
      }
      MessageSocket good = sockets.connectPush(bound, 10);
      good.waitForRoom(PATIENCE);
      assertThat(good.forward(List.of(STILL_THERE))).isTrue();
      assertThat(pull.receive(PATIENCE)).hasSize(1).first().isEqualTo(STILL_THERE);
      sockets.close(good, Duration.ZERO);
      sockets.close(pull, Duration.ZERO);
    }
  }

  private static boolean endOf(Socket peer) throws IOException {
    try {
      while (peer.getInputStream().read() >= 0) {
        // What it still says.
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      // Reset, since it had not read everything.
      return true;
    }
  }

  private static void announce(Socket peer, long bytes) throws Exception {
    shakeHands(peer);
    OutputStream out = peer.getOutputStream();
    out.write(ByteBuffer.allocate(9).put((byte) LARGE_FRAME).putLong(bytes).array());
    out.write(new byte[100]);
    out.flush();
  }

  private static void shakeHands(Socket peer) throws IOException {
    ByteBuffer greeting = ByteBuffer.allocate(GREETING_BYTES);
    greeting.put((byte) 0xff).position(9).put((byte) 0x7f).put((byte) 3).position(12);
    greeting.put("NULL".getBytes(StandardCharsets.US_ASCII));
    OutputStream out = peer.getOutputStream();
    InputStream in = peer.getInputStream();
    out.write(greeting.array());
    assertThat(in.readNBytes(GREETING_BYTES)).hasSize(GREETING_BYTES);
    out.write(READY_AS_PUSH);
    assertThat(in.read()).isPositive();
  }
}
