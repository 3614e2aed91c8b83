package org.frameline.endtoend.docs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.frameline.testing.Checkout;

/**
 * The commands in README.md's {@code sh} blocks, and what a test runs in place of each. What it
 * changes is listed here; besides that only ports are moved. Not thread-safe.
 */
final class ReadmeCommands {
  /** Text in a command and what stands there in a test: what is not there, or takes long. */
  private static final Map<String, List<String>> SUBSTITUTES =
      Map.ofEntries(
          Map.entry("bench", List.of("bench", "bench --only memory,disk --seconds 2")),
          Map.entry(
              "bench --size 1280x1024 --format Mono16 --dir /data --prove --html bench.html --json"
                  + " bench.json",
              List.of(
                  "1280x1024",
                  "320x240",
                  "Mono16",
                  "Mono8",
                  "/data",
                  ".",
                  "--prove",
                  "--seconds 5")),
          // A machine with more than 63 cameras does not run these tests.
          Map.entry("publish --source webcam:0 --wait-for 1", List.of("webcam:0", "webcam:63")),
          Map.entry(
              "publish --source rtsp://192.0.2.10/stream --wait-for 1",
              List.of(
                  "rtsp://192.0.2.10/stream", "$CAMERA", "--wait-for", "--frames 20 --wait-for")),
          Map.entry(
              "publish --source synthetic:fringes --fps 60 --size 1280x1024 --format Mono16",
              List.of("--fps 60", "--fps 10")),
          Map.entry(
              "record --out night.h5 --duration 8h --compression gzip --rotate-size 2GiB",
              List.of("2GiB", "20MB")),
          Map.entry(
              "record --out series.h5 --frames 500 --rotate-frames 100 --report series.json",
              List.of("--frames 500", "--frames 20", "--rotate-frames 100", "--rotate-frames 8")),
          Map.entry("fetch 192.0.2.10 \"night*.h5\" --out fetched", List.of("192.0.2.10", "$HOST")),
          Map.entry(
              "fetch 192.0.2.10 flat-field.npy --out fetched", List.of("192.0.2.10", "$HOST")),
          Map.entry(
              "fetch 192.0.2.10 growing.h5 --out fetched --follow", List.of("192.0.2.10", "$HOST")),
          Map.entry(
              "publish --source synthetic:particles --fps 60 --frames 600 --wait-for 2",
              List.of("--fps 60", "--fps 20", "--frames 600", "--frames 60")));

  private static final String DEMO_QUICKLY = " --frames 40 --fps 20 --port-base $PORT_BASE";

  private final Set<String> all = new HashSet<>();
  private final Set<String> run = new HashSet<>();

  ReadmeCommands() throws IOException {
    CodeBlock.of(Checkout.read("README.md"), "sh").stream()
        .flatMap(block -> block.lines().stream())
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(all::add);
  }

  /**
   * What to run for a command of the README.
   *
   * @throws AssertionError when the README has no such command
   */
  String take(String command) {
    if (!all.contains(command)) {
      throw new AssertionError("README.md has no command \"" + command + "\", only " + all);
    }
    run.add(command);
    if (command.equals("scripts/test")) {
      // All but the tests: whether everything is there, and whether Maven starts.
      return command + " --version";
    }
    if (command.startsWith("scripts/demo")) {
      return command.replaceAll(" --(frames|fps) \\d+", "") + DEMO_QUICKLY;
    }
    String line = command;
    List<String> pairs = SUBSTITUTES.getOrDefault(command.replaceFirst("^\\S+ ", ""), List.of());
    for (int i = 0; i < pairs.size(); i += 2) {
      line = line.replace(pairs.get(i), pairs.get(i + 1));
    }
    return line;
  }

  /** Commands of the README that nobody took. */
  List<String> notRun() {
    List<String> left = new ArrayList<>(all);
    left.removeAll(run);
    return left;
  }
}
