package org.frameline.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.frameline.cli.process.Member;
import org.frameline.program.ProgramException;

/**
 * What came of a demo. Immutable.
 *
 * @param published frames that the publisher sent
 * @param recorder what the recorder tells
 * @param sink what the sink tells
 * @param shares per worker, in the order of their names
 * @param firstFrameAfter from the start of the demo to the grab of the first frame
 * @param lasted the whole demo
 */
record Results(
    long published,
    Receiver recorder,
    Receiver sink,
    List<Share> shares,
    Duration firstFrameAfter,
    Duration lasted) {

  /**
   * A process at the end of the line.
   *
   * @param frames how many it has
   * @param missing how many of those published it has not
   * @param latencyP50Ms from the grab to this process, median
   */
  record Receiver(
      long frames,
      long missing,
      double framesPerSecond,
      double bytesPerSecond,
      double latencyP50Ms,
      double latencyP99Ms,
      List<TimelinePoint> timeline) {}

  /**
   * What one worker did.
   *
   * @param share of all frames, 0 to 1
   * @param transformMs mean time of one transform
   */
  record Share(String worker, long frames, double share, double transformMs) {}

  /**
   * Reads the reports of the processes.
   *
   * @param workers how many there were
   * @throws ProgramException naming a report that is not there
   */
  static Results read(Path directory, int workers, Duration firstFrameAfter, Duration lasted) {
    Map<String, String> names = new TreeMap<>();
    for (int number = 1; number <= workers; number++) {
      String name = Member.workerName(number);
      names.put(json(directory, name + ".json").path("worker").asText(), name);
    }
    long published = json(directory, "publish.json").path("frames").asLong();
    JsonNode sink = json(directory, OutputDirectory.SINK_REPORT);
    List<Share> shares = new ArrayList<>();
    sink.path("per_worker")
        .properties()
        .forEach(
            worker ->
                shares.add(
                    new Share(
                        names.getOrDefault(worker.getKey(), worker.getKey()),
                        worker.getValue().path("frames").asLong(),
                        worker.getValue().path("share").asDouble(),
                        worker.getValue().path("transform_ms").asDouble())));
    shares.sort((one, other) -> one.worker().compareTo(other.worker()));
    return new Results(
        published,
        receiver(json(directory, OutputDirectory.RECORDER_REPORT), published),
        receiver(sink, published),
        List.copyOf(shares),
        firstFrameAfter,
        lasted);
  }

  private static Receiver receiver(JsonNode report, long published) {
    long frames = report.path("frames").asLong();
    JsonNode latency = report.path("latency_ms");
    return new Receiver(
        frames,
        Math.max(report.path("missing").asLong(), published - frames),
        report.path("frames_per_second").asDouble(),
        report.path("bytes_per_second").asDouble(),
        latency.path("p50").asDouble(),
        latency.path("p99").asDouble(),
        TimelinePoint.read(report.path("timeline")));
  }

  private static JsonNode json(Path directory, String name) {
    Path file = directory.resolve(name);
    if (!Files.exists(file)) {
      throw ProgramException.failed("a process ended without its report " + file, null);
    }
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw ProgramException.failed("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Whether every published frame was recorded and transformed. */
  boolean isComplete() {
    return recorder.missing() == 0 && sink.missing() == 0;
  }
}
