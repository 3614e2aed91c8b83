package org.frameline.recorder;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.frameline.program.OutputFile;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.frameline.program.command.ByteSizeConverter;
import org.frameline.program.command.ChecksumOptions;
import org.frameline.program.command.DurationConverter;
import org.frameline.program.command.EndpointConverter;
import org.frameline.program.command.StandardOptions;
import org.frameline.program.command.SubscriberOptions;
import org.frameline.program.command.VersionProvider;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.socket.Sockets;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.output.FrameOutputs;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code frameline record}. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description = "Subscribes to frames and writes them to an HDF5 file (NeXus).",
    footer = {
      "",
      "Example: ten seconds, compressed:",
      "  frameline record --out recording.h5 --duration 10s --compression gzip"
    })
public final class RecordCommand implements Callable<Integer> {
  private final StopSignal stop;

  @Mixin private SubscriberOptions subscriber;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The file to write; must not be there yet.")
  private Path out;

  @ArgGroup private IfThere ifThere = new IfThere();

  /** What to do when the file is there; one or the other. */
  private static final class IfThere {
    @Option(names = "--overwrite", description = "Replace FILE when it is there already.")
    private boolean overwrite;

    @Option(
        names = "--append",
        description =
            "Add a further entry to FILE when it is there; with --rotate-*, go on with the next"
                + " file.")
    private boolean append;
  }

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "Stop after N frames (default: at the end of the stream).")
  private Long frames;

  @Option(
      names = "--duration",
      paramLabel = "T",
      converter = DurationConverter.class,
      description = "Stop this long after the first frame: 500ms, 10s, 5m, 1h.")
  private Duration duration;

  @Option(
      names = "--compression",
      paramLabel = "HOW",
      defaultValue = "none",
      description = "none, or gzip: shuffle and deflate (default: ${DEFAULT-VALUE}).")
  private String compression;

  @Mixin private ChecksumOptions checksum = new ChecksumOptions(Checksum.DEFAULT.optionName());

  @Option(
      names = "--rotate-size",
      paramLabel = "SIZE",
      converter = ByteSizeConverter.class,
      description = "Begin a new file, FILE_0002 and so on, after SIZE of pixels: 500MB, 2GiB.")
  private Long rotateSize;

  @Option(
      names = "--rotate-frames",
      paramLabel = "N",
      description = "Begin a new file after N frames.")
  private Long rotateFrames;

  @Option(
      names = "--checkpoint",
      paramLabel = "T",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description =
          "How often what was recorded becomes safe and readable (default: ${DEFAULT-VALUE}).")
  private Duration checkpoint;

  @Option(
      names = "--control-bind",
      paramLabel = "ENDPOINT",
      defaultValue = "tcp://127.0.0.1:5570",
      converter = EndpointConverter.class,
      description = "The recorder's own control socket (default: ${DEFAULT-VALUE}).")
  private Endpoint controlBind;

  @Mixin private StandardOptions standard;

  public RecordCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    RecorderConfig config = config();
    standard.requireWritable();
    OutputFile.requireWritable(
        config.rotation().fileName(out, 1),
        config.existing() != ExistingFile.REFUSE,
        "--overwrite or --append");
    try (Sockets sockets = new Sockets();
        RecorderLoop loop = new RecorderLoop(config, sockets, stop)) {
      try {
        loop.run();
      } finally {
        loop.report().writeTo(standard.report());
      }
      return loop.exitCode();
    }
  }

  private RecorderConfig config() {
    try {
      RecorderConfig config =
          new RecorderConfig(
              subscriber.connect(),
              subscriber.control(),
              subscriber.topic(),
              subscriber.from(),
              controlBind,
              out,
              existing(),
              frames == null ? Long.MAX_VALUE : frames,
              duration,
              compression(),
              checksum.checksum(Checksum::of),
              new Rotation(
                  rotateSize == null ? Long.MAX_VALUE : rotateSize,
                  rotateFrames == null ? Long.MAX_VALUE : rotateFrames),
              checkpoint);
      FrameOutputs.of(out).require(config.options(out));
      return config;
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage(e.getMessage());
    }
  }

  private ExistingFile existing() {
    if (ifThere.append) {
      return ExistingFile.APPEND;
    }
    return ifThere.overwrite ? ExistingFile.OVERWRITE : ExistingFile.REFUSE;
  }

  private Compression compression() {
    try {
      return Compression.of(compression);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--compression: " + e.getMessage(), e);
    }
  }
}
