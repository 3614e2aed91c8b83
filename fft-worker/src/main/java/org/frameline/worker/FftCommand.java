package org.frameline.worker;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.frameline.fft.FftEngine;
import org.frameline.fft.Precision;
import org.frameline.fft.SpectrumOutput;
import org.frameline.fft.engine.EngineNames;
import org.frameline.fft.engine.FftEngines;
import org.frameline.program.ExitCode;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.frameline.program.command.EndpointConverter;
import org.frameline.program.command.StandardOptions;
import org.frameline.program.command.VersionProvider;
import org.frameline.protocol.Dispatch;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.socket.Sockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code frameline fft}. */
@Command(
    name = "fft",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description = "A worker: transforms frames with a 2-D FFT and sends the spectra to the sink.",
    footer = {
      "",
      "Example: a worker that sends complex half spectra, as numpy.fft.rfft2 gives them:",
      "  frameline fft --output complex --precision float32"
    })
public final class FftCommand implements Callable<Integer> {
  private static final int NAME_LENGTH = 8;
  private static final long NS_PER_MS = 1_000_000;
  private static final Logger LOG = LoggerFactory.getLogger(FftCommand.class);

  private final StopSignal stop;

  @Option(
      names = "--connect",
      paramLabel = "ENDPOINT",
      defaultValue = "tcp://127.0.0.1:5560",
      converter = EndpointConverter.class,
      description = "The ventilator's tasks (default: ${DEFAULT-VALUE}).")
  private Endpoint connect;

  @Option(
      names = "--dispatch",
      paramLabel = "WAY",
      defaultValue = "push",
      description =
          "How frames come: push or credit, as the ventilator has it (default: ${DEFAULT-VALUE}).")
  private String dispatch;

  @Option(
      names = "--results",
      paramLabel = "ENDPOINT",
      defaultValue = "tcp://127.0.0.1:5561",
      converter = EndpointConverter.class,
      description = "The sink's results socket (default: ${DEFAULT-VALUE}).")
  private Endpoint results;

  @Option(
      names = "--control-bind",
      paramLabel = "ENDPOINT",
      defaultValue = "tcp://127.0.0.1:*",
      converter = EndpointConverter.class,
      description = "The worker's own control socket (default: ${DEFAULT-VALUE}, any free port).")
  private Endpoint controlBind;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      completionCandidates = EngineNames.class,
      description = "FFT library: ${COMPLETION-CANDIDATES} (default: the first that works here).")
  private String engine;

  @Option(
      names = "--output",
      paramLabel = "WHAT",
      defaultValue = "complex",
      description = "complex, power or log-magnitude (default: ${DEFAULT-VALUE}).")
  private String output;

  @Option(
      names = "--precision",
      paramLabel = "WIDTH",
      defaultValue = "float32",
      description = "float32 or float64 (default: ${DEFAULT-VALUE}).")
  private String precision;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How many frames to transform at a time, or all for one per core"
              + " (default: ${DEFAULT-VALUE}).")
  private String threads;

  @Mixin private StandardOptions standard;

  public FftCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    String name =
        "worker-"
            + ProcessHandle.current().pid()
            + "-"
            + UUID.randomUUID().toString().substring(0, NAME_LENGTH);
    WorkerConfig config = config();
    standard.requireWritable();
    sayEngine(config.engine().name());
    warmUp(config);
    try (Sockets sockets = new Sockets();
        WorkerLoop loop = new WorkerLoop(config, name, sockets, stop)) {
      loop.run();
      loop.report().writeTo(standard.report());
      return loop.undelivered() > 0 ? ExitCode.FRAMES_MISSING : ExitCode.DONE;
    }
  }

  private WorkerConfig config() {
    return new WorkerConfig(
        connect,
        named("--dispatch", () -> Dispatch.ofOptionName(dispatch)),
        results,
        controlBind,
        named("--engine", this::engine),
        named("--output", () -> SpectrumOutput.ofOptionName(output)),
        named("--precision", () -> Precision.ofOptionName(precision)),
        threads());
  }

  private int threads() {
    if (threads.equals("all")) {
      return Math.min(Runtime.getRuntime().availableProcessors(), WorkerConfig.MOST_THREADS);
    }
    int number = threads.matches("[0-9]{1,4}") ? Integer.parseInt(threads) : 0;
    if (number >= 1 && number <= WorkerConfig.MOST_THREADS) {
      return number;
    }
    throw ProgramException.usage(
        "--threads: expected 1 to "
            + WorkerConfig.MOST_THREADS
            + " or all, found \""
            + threads
            + "\"");
  }

  private FftEngine engine() {
    return engine == null ? FftEngines.all().best() : FftEngines.all().named(engine);
  }

  /** Which it is, and what keeps it from being the best. */
  private void sayEngine(String name) {
    Optional<String> why = engine == null ? FftEngines.all().obstacle() : Optional.empty();
    LOG.info("engine {}{}", name, why.map(text -> "; " + text).orElse(""));
  }

  /** Before there are sockets: a ventilator deals out to whoever is connected. */
  private void warmUp(WorkerConfig config) {
    long beginNs = System.nanoTime();
    int frames = new WarmUp(config, stop, System::nanoTime).run();
    LOG.info(
        "warmed up on {} made-up frames in {} ms",
        frames,
        (System.nanoTime() - beginNs) / NS_PER_MS);
  }

  private static <T> T named(String option, java.util.function.Supplier<T> lookup) {
    try {
      return lookup.get();
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage(option + ": " + e.getMessage());
    }
  }
}
