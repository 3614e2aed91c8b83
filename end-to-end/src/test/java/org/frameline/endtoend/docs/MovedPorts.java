package org.frameline.endtoend.docs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.frameline.testing.FreePorts;

/**
 * A free port for each default port, so that what the documents write with default ports runs
 * beside anything else. Immutable.
 */
final class MovedPorts {
  private static final List<Integer> DEFAULTS =
      List.of(5555, 5556, 5557, 5560, 5561, 5562, 5570, 5580, 5581);

  /** The endpoint options of each command, with their default ports. */
  private static final Map<String, Map<String, Integer>> OPTIONS =
      Map.of(
          "publish", Map.of("--bind", 5555, "--control-bind", 5556, "--history-bind", 5557),
          "record", Map.of("--connect", 5555, "--control", 5556, "--control-bind", 5570),
          "ventilate", Map.of("--connect", 5555, "--control", 5556, "--bind", 5560, "--sink", 5562),
          "fft", Map.of("--connect", 5560, "--results", 5561),
          "sink", Map.of("--bind", 5561, "--handshake", 5562),
          "serve", Map.of("--bind", 5580, "--control-bind", 5581),
          "snap", Map.of("--control", 5556),
          "status", Map.of("--control", 5556),
          "stop", Map.of("--control", 5556));

  private final Map<Integer, Integer> free = new LinkedHashMap<>();

  MovedPorts() {
    DEFAULTS.forEach(port -> free.put(port, FreePorts.one()));
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
