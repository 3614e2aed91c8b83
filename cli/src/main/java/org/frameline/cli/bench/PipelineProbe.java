package org.frameline.cli.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.frameline.cli.control.ControlClient;
import org.frameline.cli.process.Member;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs publisher, ventilator, workers and sink as processes, as fast as they go together: first
 * with one worker, then with more, at last, with as many as were worth it, with a recorder too. One
 * thread.
 */
final class PipelineProbe {
  private static final int MOST_WORKERS = 16;

  /** Who gives less than this part of the best rate is not better with more workers. */
  private static final double WORTH_IT = 0.97;

  /** The first step has to warm up everything. */
  private static final int FIRST_STEP = 2;

  /** A figure takes so many measurements, and what is still being compiled more. */
  private static final int FEWEST = 3;

  private static final int MOST = 5;
  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final Duration FIRST_RESULT = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  /** Frames may come faster while the recorder is there than before. */
  private static final double RECORDED_MORE = 2;

  private static final double NS_PER_S = 1e9;
  private static final double BYTES_PER_GB = 1e9;
  private static final Logger LOG = LoggerFactory.getLogger(PipelineProbe.class);

  private final Camera camera;
  private final Workspace workspace;
  private final FreePorts ports;
  private final StopSignal stop;

  PipelineProbe(Camera camera, Workspace workspace, FreePorts ports, StopSignal stop) {
    this.camera = camera;
    this.workspace = workspace;
    this.ports = ports;
    this.stop = stop;
  }

  void measure(Duration all, Findings findings) {
    OptionalLong history = RingRoom.history(camera);
    if (history.isEmpty()) {
      findings.note("pipeline: left out, no room for a ring of such frames in shared memory");
      return;
    }
    List<Integer> counts = workerCounts(Runtime.getRuntime().availableProcessors());
    Duration step = all.dividedBy(counts.size() + FIRST_STEP);
    Programs programs = new Programs(ports);
    try (Crew crew = new Crew(stop)) {
      crew.start(programs.publisher(camera, history.getAsLong(), 1))
          .start(programs.ventilator(1))
          .start(programs.sink());
      int running = 0;
      for (int workers : counts) {
        while (running < workers) {
          crew.start(programs.worker(++running));
        }
        LOG.info("pipeline: {} workers", workers);
        Duration time = workers == 1 ? step.multipliedBy(FIRST_STEP) : step;
        rate(List.of(programs.handshake()), crew, time)
            .map(rate -> figure(workers, false, rate))
            .ifPresent(findings::add);
      }
      measureWithRecorder(programs, crew, step, findings);
    } finally {
      workspace.clear();
    }
  }

  /** With as many workers as are worth it; the others go. */
  private void measureWithRecorder(Programs programs, Crew crew, Duration step, Findings findings) {
    List<Measurement> figures = findings.of(Section.PIPELINE);
    Optional<Measurement> best = best(figures);
    if (best.isEmpty() || stop.getAsBoolean()) {
      return;
    }
    double bytes = RECORDED_MORE * best.get().bytesPerSecond() * step.toNanos() / NS_PER_S;
    if (bytes > workspace.room()) {
      findings.note(
          String.format(
              "pipeline: not tried with a recorder, which may need %.1f GB; --dir names another"
                  + " folder",
              bytes / BYTES_PER_GB));
      return;
    }
    int workers = best.get().number("workers");
    int running = figures.get(figures.size() - 1).number("workers");
    while (running > workers) {
      crew.supervisor().dismiss(Member.workerName(running--));
    }
    LOG.info("pipeline: {} workers and a recorder", workers);
    crew.start(programs.recorder(workspace.file("recording.h5")));
    rate(List.of(programs.handshake(), programs.recorderControl()), crew, step)
        .map(rate -> figure(workers, true, rate))
        .ifPresent(findings::add);
  }

  /** 1, 2, 4 and so on, up to one per processor. */
  static List<Integer> workerCounts(int processors) {
    List<Integer> counts = new ArrayList<>();
    int most = Math.min(processors, MOST_WORKERS);
    for (int workers = 1; workers < most; workers *= 2) {
      counts.add(workers);
    }
    counts.add(most);
    return counts;
  }

  /** The fewest workers that are about as fast as any number of them. */
  static Optional<Measurement> best(List<Measurement> figures) {
    double most = figures.stream().mapToDouble(it -> it.perSecond().median()).max().orElse(0);
    return figures.stream()
        .filter(figure -> figure.perSecond().median() >= WORTH_IT * most)
        .findFirst();
  }

  private Measurement figure(int workers, boolean recorder, Spread rate) {
    return new Measurement(Section.PIPELINE, at(workers, recorder), camera.frameBytes(), rate);
  }

  /** How a figure of this section is found. */
  static Map<String, Object> at(int workers, boolean recorder) {
    return Map.of("workers", workers, "recorder", recorder);
  }

  private Optional<Spread> rate(List<Endpoint> receivers, Crew crew, Duration time) {
    long begin = System.nanoTime();
    while (!haveAll(readings(receivers)) && !stop.await(LOOK_EVERY)) {
      crew.supervisor().requireRunning();
      if (System.nanoTime() - begin > FIRST_RESULT.toNanos()) {
        throw ProgramException.failed(
            "the pipeline gave no result within " + FIRST_RESULT.toSeconds() + " s", null);
      }
    }
    long left = Math.max(0, time.toNanos() - (System.nanoTime() - begin));
    Duration each = Duration.ofNanos(Math.max(SHORTEST.toNanos(), left / FEWEST));
    Optional<Spread> rate =
        new Settling(FEWEST, MOST, begin + time.toNanos() / 2 * 3)
            .last(() -> RateSampler.sample(() -> readings(receivers), each, stop));
    if (!stop.getAsBoolean()) {
      crew.supervisor().requireRunning();
    }
    return rate;
  }

  private static boolean haveAll(List<RateSampler.Reading> readings) {
    return readings.stream().allMatch(reading -> reading.atNs() > 0);
  }

  private List<RateSampler.Reading> readings(List<Endpoint> receivers) {
    return ControlClient.askAll(receivers, ANSWER_WITHIN, stop).stream()
        .map(PipelineProbe::reading)
        .toList();
  }

  /**
   * A receiver tells how many frames it has, and their rate between the first and the last one: so
   * also when the last one came, to the nanosecond, counted from the first.
   */
  static RateSampler.Reading reading(ControlMessage status) {
    long frames = status == null ? 0 : status.count("frames").orElse(0L);
    double rate =
        status != null && status.fields().get("frames_per_second") instanceof Number number
            ? number.doubleValue()
            : 0;
    return new RateSampler.Reading(frames, rate > 0 ? (frames - 1) / rate * NS_PER_S : 0);
  }
}
