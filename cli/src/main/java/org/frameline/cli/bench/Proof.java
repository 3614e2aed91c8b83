package org.frameline.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.frameline.cli.process.Member;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries a prediction: the whole pipeline and a recorder, with a camera that does not wait, a little
 * below and well above the predicted rate. One thread.
 */
final class Proof {
  static final List<Double> SHARES = List.of(0.9, 1.3);

  private static final Duration LASTS = Duration.ofSeconds(10);

  /** What a publisher keeps at least, for programs that have just started. */
  private static final double HISTORY_SECONDS = 3;

  /** Above the predicted rate no more than this: a long history only postpones what is lost. */
  private static final double SHORT_HISTORY_SECONDS = 1.5;

  private static final int SUBSCRIBERS = 2;
  private static final double NS_PER_S = 1e9;
  private static final Logger LOG = LoggerFactory.getLogger(Proof.class);

  private final Workspace workspace;
  private final FreePorts ports;
  private final StopSignal stop;

  Proof(Workspace workspace, FreePorts ports, StopSignal stop) {
    this.workspace = workspace;
    this.ports = ports;
    this.stop = stop;
  }

  /** One trial per share; fewer when it was stopped. */
  List<Trial> of(Prediction prediction) {
    List<Trial> trials = new ArrayList<>();
    for (double share : SHARES) {
      run(prediction, share).ifPresent(trials::add);
    }
    return trials;
  }

  private Optional<Trial> run(Prediction prediction, double share) {
    Camera camera = prediction.camera();
    double rate = share * prediction.rate().framesPerSecond();
    long frames = (long) Math.ceil(rate * LASTS.toNanos() / NS_PER_S);
    requireRoom(frames * camera.frameBytes());
    LOG.info(
        "trying {} frames/s for {} s", String.format(Locale.ROOT, "%.1f", rate), LASTS.toSeconds());
    Programs programs = new Programs(ports);
    long history = history(camera, rate, share);
    List<String> pace = List.of("--fps", Double.toString(rate), "--frames", Long.toString(frames));
    List<Member> members = new ArrayList<>();
    members.add(reporting(programs.publisher(camera, history, SUBSCRIBERS, pace)));
    members.add(reporting(programs.recorder(workspace.file("proof.h5"))));
    members.add(programs.ventilator(prediction.workers()));
    for (int number = 1; number <= prediction.workers(); number++) {
      members.add(programs.worker(number));
    }
    members.add(reporting(programs.sink()));
    try (Crew crew = new Crew(stop)) {
      return crew.supervisor().run(members) ? Optional.of(trial(share, rate)) : Optional.empty();
    } finally {
      workspace.clear();
    }
  }

  private static long history(Camera camera, double rate, double share) {
    double frames =
        share > 1
            ? SHORT_HISTORY_SECONDS * rate
            : Math.max(RingRoom.usualFrames(camera), HISTORY_SECONDS * rate);
    return RingRoom.history(camera, frames)
        .orElseThrow(() -> ProgramException.failed("no room for a ring of such frames", null));
  }

  private void requireRoom(long bytes) {
    if (bytes > workspace.room()) {
      throw ProgramException.failed(
          String.format(
              Locale.ROOT,
              "--prove: expected %.1f GB free for a recording, found %.1f GB; choose another folder"
                  + " with --dir",
              bytes / NS_PER_S,
              workspace.room() / NS_PER_S),
          null);
    }
  }

  private Member reporting(Member member) {
    return Programs.reporting(member, report(member.name()));
  }

  private Path report(String name) {
    return workspace.file(name + ".json");
  }

  private Trial trial(double share, double rate) {
    JsonNode publisher = read(Programs.PUBLISHER);
    JsonNode sink = read(Programs.SINK);
    return new Trial(
        share,
        rate,
        publisher.path("frames_per_second").asDouble(),
        publisher.path("frames").asLong(),
        read(Programs.RECORDER).path("frames").asLong(),
        sink.path("frames").asLong(),
        sink.path("frames_per_second").asDouble());
  }

  private JsonNode read(String name) {
    try {
      return new ObjectMapper().readTree(report(name).toFile());
    } catch (IOException e) {
      throw ProgramException.failed(name + " left no report: " + e.getMessage(), e);
    }
  }
}
