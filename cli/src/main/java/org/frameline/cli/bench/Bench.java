package org.frameline.cli.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures what is wanted, section by section. One thread. */
final class Bench {
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(Bench.class);

  private final BenchConfig config;
  private final StopSignal stop;
  private final FreePorts ports = new FreePorts();
  private final Findings findings = new Findings();

  Bench(BenchConfig config, StopSignal stop) {
    this.config = config;
    this.stop = stop;
    // What is being written or transformed comes to its end first.
    stop.grant(CLOSE_WITHIN);
  }

  /**
   * Measures.
   *
   * @return nothing when it was stopped
   * @throws ProgramException when something fails; no process and no file is left behind
   */
  Optional<Result> run() {
    Instant started = Instant.now();
    Machine machine = Machine.here(config.directory());
    if (machine.isBusy()) {
      findings.note(
          String.format(
              "the machine was busy at the beginning, load average %.1f on %d cores: it can do more",
              machine.loadAverage(), machine.cores()));
    }
    try (Workspace workspace = Workspace.in(config.directory())) {
      config.sections().forEach(section -> measure(section, workspace));
      Optional<Prediction> prediction = Prediction.from(config.camera(), findings);
      List<Trial> trials =
          config.prove() && !stop.getAsBoolean()
              ? new Proof(workspace, ports, stop).of(required(prediction))
              : List.of();
      return stop.getAsBoolean()
          ? Optional.empty()
          : Optional.of(
              new Result(
                  config.camera(),
                  machine,
                  started,
                  Duration.between(started, Instant.now()),
                  findings,
                  prediction,
                  trials));
    }
  }

  private void measure(Section section, Workspace workspace) {
    if (stop.getAsBoolean()) {
      return;
    }
    Duration time = config.time(section);
    LOG.info("{}, about {} s", section.key(), Math.max(1, time.toSeconds()));
    switch (section) {
      case MEMORY -> new MemoryProbe(stop).measure(time, findings);
      case DISK -> new DiskProbe(workspace, stop).measure(time, findings);
      case TRANSPORT -> new TransportProbe(config.camera(), ports, stop).measure(time, findings);
      case FFT -> new FftProbe(config.camera(), stop).measure(time, findings);
      case PIPELINE ->
          new PipelineProbe(config.camera(), workspace, ports, stop).measure(time, findings);
    }
  }

  private Prediction required(Optional<Prediction> prediction) {
    return prediction.orElseThrow(
        () ->
            ProgramException.failed(
                "--prove: there is no prediction to try: " + String.join("; ", findings.notes()),
                null));
  }
}
