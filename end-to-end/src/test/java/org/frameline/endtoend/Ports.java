package org.frameline.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * One endpoint per socket of a pipeline, on ports that the system chose. They are held until all
 * are known, so that no two are the same.
 */
record Ports(
    String frames,
    String control,
    String tasks,
    String results,
    String handshake,
    String recorderControl) {

  static Ports free() {
    List<ServerSocket> held = new ArrayList<>();
    try {
      List<String> endpoints = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        endpoints.add("tcp://127.0.0.1:" + socket.getLocalPort());
      }
      for (ServerSocket socket : held) {
        socket.close();
      }
      return new Ports(
          endpoints.get(0),
          endpoints.get(1),
          endpoints.get(2),
          endpoints.get(3),
          endpoints.get(4),
          endpoints.get(5));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
