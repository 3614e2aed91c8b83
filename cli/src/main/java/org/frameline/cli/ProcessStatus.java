package org.frameline.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.frameline.program.RunningProcess;
import org.frameline.program.StreamCounts;
import org.frameline.protocol.ControlMessage;

/**
 * A process that should be running, and what it said. Immutable.
 *
 * @param process what its file says
 * @param status its answer, or null when it gave none
 */
record ProcessStatus(RunningProcess process, ControlMessage status) {
  boolean answered() {
    return status != null;
  }

  /** Whether it handles frames at all, as far as it said. */
  boolean hasStreams() {
    return answered() && status.fields().containsKey("streams");
  }

  /** What it counted, stream by stream; nothing when it did not answer. */
  List<StreamCounts> streams() {
    return answered() && status.fields().get("streams") instanceof List<?> list
        ? list.stream()
            .filter(Map.class::isInstance)
            .map(entry -> StreamCounts.fromReport((Map<?, ?>) entry))
            .toList()
        : List.of();
  }

  /** What the process does with a frame, as a word for the table. */
  String deed() {
    return switch (process.program()) {
      case "publish" -> "published";
      case "record" -> "recorded";
      case "ventilate" -> "dealt out";
      case "fft", "sink" -> "transformed";
      default -> "processed";
    };
  }

  /** Whether it should get every frame of a stream, as a single worker should not. */
  boolean expectsAll() {
    return !process.program().equals("fft");
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("program", process.program());
    json.put("pid", process.pid());
    json.put("started", process.started());
    json.put("control", process.control().toString());
    json.put("about", process.about());
    json.put("answered", answered());
    if (answered()) {
      json.put("status", status.fields());
    }
    return json;
  }
}
