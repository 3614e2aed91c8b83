package org.frameline.endtoend.docs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A free port for each default port, so that what the documents write with default ports runs
 * beside anything else. Immutable.
 */
final class Ports {
  private static final List<Integer> DEFAULTS = List.of(5555, 5556, 5557, 5560, 5561, 5562, 5570);

  /** The endpoint options of each command, with their default ports. */
  private static final Map<String, Map<String, Integer>> OPTIONS =
      Map.of(
          "publish", Map.of("--bind", 5555, "--control-bind", 5556, "--history-bind", 5557),
          "record", Map.of("--connect", 5555, "--control", 5556, "--control-bind", 5570),
          "ventilate", Map.of("--connect", 5555, "--control", 5556, "--bind", 5560, "--sink", 5562),
          "fft", Map.of("--connect", 5560, "--results", 5561),
          "sink", Map.of("--bind", 5561, "--handshake", 5562),
          "snap", Map.of("--control", 5556),
          "status", Map.of("--control", 5556),
          "stop", Map.of("--control", 5556));

  private final Map<Integer, Integer> free = new LinkedHashMap<>();

  Ports() throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    for (int port : DEFAULTS) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      held.add(socket);
      free.put(port, socket.getLocalPort());
    }
    // Held together until here, so that no two are the same.
    for (ServerSocket socket : held) {
      socket.close();
    }
  }

  /** A port after which {@code count - 1} more are free, below those that the system hands out. */
  static int freeBlock(int count) {
    for (int base = 20_000 + (int) (ProcessHandle.current().pid() % 400) * 20;
        base < 32_000;
        base += count) {
      if (IntStream.range(base, base + count).allMatch(Ports::isFree)) {
        return base;
      }
    }
    throw new AssertionError("expected " + count + " free ports in a row below 32000");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  int instead(int defaultPort) {
    return free.get(defaultPort);
  }

  /** The text with every endpoint on a default port moved to the free one. */
  String inText(String text) {
    String moved = text;
    for (Map.Entry<Integer, Integer> port : free.entrySet()) {
      moved =
          moved.replaceAll("(tcp://[^:\\s\"]+:)" + port.getKey() + "\\b", "$1" + port.getValue());
    }
    return moved;
  }

  /** A frameline command line with every endpoint on a free port, also those it does not name. */
  String inCommand(String command) {
    StringBuilder line = new StringBuilder(inText(command));
    List<String> words = List.of(command.split(" "));
    OPTIONS
        .getOrDefault(words.size() > 1 ? words.get(1) : "", Map.of())
        .forEach(
            (option, port) -> {
              if (!words.contains(option)) {
                line.append(" ").append(option).append(" tcp://127.0.0.1:").append(instead(port));
              }
            });
    return line.toString();
  }
}
