package org.frameline.sink;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.frameline.program.ExitCode;
import org.frameline.program.OutputFile;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.frameline.program.command.ChecksumOptions;
import org.frameline.program.command.EndpointConverter;
import org.frameline.program.command.StandardOptions;
import org.frameline.program.command.VersionProvider;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.socket.Sockets;
import org.frameline.recording.Checksum;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.output.FrameOutputs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code frameline sink}. */
@Command(
    name = "sink",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description = "Receives what the workers made, checks it, reports and writes it to a file.",
    footer = {
      "",
      "Example: write the spectra and a report:",
      "  frameline sink --out spectra.h5 --report sink.json"
    })
public final class SinkCommand implements Callable<Integer> {
  private final StopSignal stop;

  @Option(
      names = "--bind",
      paramLabel = "ENDPOINT",
      defaultValue = "tcp://127.0.0.1:5561",
      converter = EndpointConverter.class,
      description = "Where workers send results (default: ${DEFAULT-VALUE}).")
  private Endpoint bind;

  @Option(
      names = "--handshake",
      paramLabel = "ENDPOINT",
      defaultValue = "tcp://127.0.0.1:5562",
      converter = EndpointConverter.class,
      description = "Where the ventilator asks (default: ${DEFAULT-VALUE}).")
  private Endpoint handshake;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the spectra to FILE (default: no file).")
  private Path out;

  @Option(names = "--overwrite", description = "Replace FILE when it is there already.")
  private boolean overwrite;

  @Option(
      names = "--append",
      description =
          "Add to FILE when it is there already. A sink that was killed goes on where FILE ends,"
              + " without losing or repeating a frame.")
  private boolean append;

  @Mixin private ChecksumOptions checksum = new ChecksumOptions(Checksum.DEFAULT.optionName());

  @Option(
      names = "--ordered",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Wait for every frame, however long the workers take, so that FILE has all of them in"
              + " order (default). With --no-ordered no worker waits for another, and a frame that"
              + " comes later than a whole window of its successors is left out of FILE.")
  private boolean ordered;

  @Option(names = "--frames", paramLabel = "N", description = "Stop after N frames (default: all).")
  private Long frames;

  @Mixin private StandardOptions standard;

  public SinkCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    SinkConfig config = config();
    standard.requireWritable();
    if (out != null) {
      OutputFile.requireWritable(out, overwrite || append, "--overwrite or --append");
    }
    try (Sockets sockets = new Sockets();
        SinkLoop loop = new SinkLoop(config, sockets, stop)) {
      loop.run();
      loop.report().writeTo(standard.report());
      return loop.missing() > 0 ? ExitCode.FRAMES_MISSING : ExitCode.DONE;
    }
  }

  private SinkConfig config() {
    if (overwrite && append) {
      throw ProgramException.usage("expected --overwrite or --append, found both");
    }
    try {
      SinkConfig config =
          new SinkConfig(
              bind,
              handshake,
              out,
              append
                  ? ExistingFile.APPEND
                  : overwrite ? ExistingFile.OVERWRITE : ExistingFile.REFUSE,
              checksum.checksum(Checksum::of),
              ordered,
              frames == null ? Long.MAX_VALUE : frames);
      if (out != null) {
        FrameOutputs.of(out).require(config.options());
      }
      return config;
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage(e.getMessage());
    }
  }
}
