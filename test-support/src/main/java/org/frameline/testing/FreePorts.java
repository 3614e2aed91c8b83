package org.frameline.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Ports that nobody listens on, for programs that have to be told. A test that binds itself lets
 * the system choose. For any thread; none is given twice by a process.
 *
 * <p>They lie below those that Linux, macOS and Windows hand out to clients: a free one of those
 * would often be taken by a connection before the program binds it.
 */
public final class FreePorts {
  private static final int FIRST = 16_000;
  private static final int END = 32_000;

  // Tests in other processes begin elsewhere.
  private static int next = ThreadLocalRandom.current().nextInt(FIRST, END);

  private FreePorts() {}

  public static int one() {
    return block(1);
  }

  /** A free port on loopback, as an endpoint of ZeroMQ. */
  public static String endpoint() {
    return "tcp://127.0.0.1:" + one();
  }

  /** A port after which {@code count - 1} more are free. */
  public static synchronized int block(int count) {
    for (int tried = 0; tried < END - FIRST; tried += count) {
      int base = next + count <= END ? next : FIRST;
      next = base + count;
      if (IntStream.range(base, base + count).allMatch(FreePorts::isFree)) {
        return base;
      }
    }
    throw new AssertionError(
        "expected %d free ports in a row from %d to %d".formatted(count, FIRST, END));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
