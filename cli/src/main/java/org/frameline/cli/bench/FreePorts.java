package org.frameline.cli.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.frameline.program.ProgramException;
import org.frameline.protocol.Endpoint;

/**
 * Ports on loopback that the system says nobody listens on, for programs that have to be told. They
 * lie below those that systems give to connections: a free one of those is often taken by a
 * connection before the program binds it. None is given twice. One thread.
 */
final class FreePorts {
  private static final int FIRST = 16_000;
  private static final int END = 32_000;

  private final Random random = new Random();
  private final Set<Integer> given = new HashSet<>();

  /** An endpoint that a program can bind now. */
  Endpoint next() {
    for (int tried = 0; tried < END - FIRST; tried++) {
      int port = FIRST + random.nextInt(END - FIRST);
      if (isFree(port) && given.add(port)) {
        return Endpoint.parse("tcp://127.0.0.1:" + port);
      }
    }
    throw ProgramException.failed(
        "no free port found from " + FIRST + " to " + END + " on 127.0.0.1", null);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
