package org.frameline.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.frameline.analysis.picture.FramePicture;
import org.frameline.cli.control.ControlClient;
import org.frameline.program.ExitCode;
import org.frameline.program.OutputFile;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.frameline.program.Version;
import org.frameline.program.command.ChecksumOptions;
import org.frameline.program.command.EndpointConverter;
import org.frameline.program.command.VersionProvider;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.FrameShape;
import org.frameline.protocol.MalformedMessageException;
import org.frameline.protocol.MessageCodec;
import org.frameline.protocol.StreamMessage;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.output.EntryContent;
import org.frameline.recording.output.FrameOutput;
import org.frameline.recording.output.FrameOutputs;
import org.frameline.recording.output.OutputKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code frameline snap}. */
@Command(
    name = "snap",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Asks the publisher for one frame, now, and writes it to PNG or HDF5.",
    footer = {"", "Example:", "  frameline snap --out frame.png"})
final class SnapCommand implements Callable<Integer> {
  private static final String PNG = ".png";

  private final StopSignal stop;

  @Option(
      names = "--control",
      paramLabel = "ENDPOINT",
      defaultValue = "tcp://127.0.0.1:5556",
      converter = EndpointConverter.class,
      description = "The publisher's control socket (default: ${DEFAULT-VALUE}).")
  private Endpoint control;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The file to write: .png, .h5 or .hdf5.")
  private Path out;

  @Option(names = "--overwrite", description = "Replace FILE when it is there already.")
  private boolean overwrite;

  @Mixin private ChecksumOptions checksum = new ChecksumOptions(Checksum.DEFAULT.optionName());

  SnapCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    boolean png = out.toString().toLowerCase(Locale.ROOT).endsWith(PNG);
    Optional<OutputKind> kind = FrameOutputs.named(out);
    if (!png && kind.isEmpty()) {
      throw ProgramException.usage(
          "--out: expected a name that ends in "
              + FrameOutputs.endings(PNG)
              + ", found \""
              + out
              + "\"");
    }
    Checksum protection = checksum.checksum(Checksum::of);
    if (png && protection != Checksum.NONE) {
      throw ProgramException.usage(
          "--checksum: expected a name that ends in "
              + FrameOutputs.endings()
              + ", found \""
              + out
              + "\"");
    }
    RecordingOptions options = options(protection);
    try {
      kind.ifPresent(it -> it.require(options));
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage(e.getMessage());
    }
    OutputFile.requireWritable(out, overwrite, "--overwrite");
    StreamMessage.Frame frame = frame(ControlClient.ask(control, "snap", stop).more());
    try {
      if (png) {
        writePng(frame);
      } else {
        write(frame, kind.get(), options);
      }
    } catch (IOException e) {
      throw ProgramException.failed("cannot write " + out + ": " + e.getMessage(), e);
    }
    return ExitCode.DONE;
  }

  private StreamMessage.Frame frame(List<byte[]> parts) {
    try {
      if (MessageCodec.decode(parts) instanceof StreamMessage.Frame frame) {
        return frame;
      }
      throw ProgramException.failed(control + " sent something else than a frame", null);
    } catch (MalformedMessageException e) {
      throw ProgramException.failed("not a frame from " + control + ": " + e.getMessage(), e);
    }
  }

  private void writePng(StreamMessage.Frame frame) throws IOException {
    BufferedImage image;
    try {
      image =
          FramePicture.of(
              FrameShape.of(frame.header().shape()), frame.header().type(), frame.payload());
    } catch (IllegalArgumentException e) {
      throw ProgramException.failed(
          "not a picture: " + e.getMessage() + "; write it with --out FILE.h5", e);
    }
    if (!ImageIO.write(image, "png", out.toFile())) {
      throw new IOException("this Java has no PNG writer");
    }
  }

  private void write(StreamMessage.Frame frame, OutputKind kind, RecordingOptions options)
      throws IOException {
    try (FrameOutput output =
        kind.open(options, EntryContent.SNAPSHOT, Version.NUMBER, frame.header())) {
      output.append(frame, Optional.empty(), Optional.empty());
    }
  }

  private RecordingOptions options(Checksum protection) {
    return new RecordingOptions(
        out,
        overwrite ? ExistingFile.OVERWRITE : ExistingFile.REFUSE,
        Compression.NONE,
        protection,
        Duration.ofSeconds(1),
        1);
  }
}
