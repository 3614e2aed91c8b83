package org.frameline.publisher;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.frameline.program.ExitCode;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.frameline.program.command.ByteSizeConverter;
import org.frameline.program.command.DurationConverter;
import org.frameline.program.command.EndpointConverter;
import org.frameline.program.command.StandardOptions;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.PixelFormat;
import org.frameline.publisher.source.FrameRange;
import org.frameline.publisher.source.SourceRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code frameline publish}. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    versionProvider = org.frameline.program.command.VersionProvider.class,
    sortOptions = false,
    description = "Owns a camera and sends every frame to whoever subscribes.",
    footer = {
      "",
      "Example: a simulated camera at 60 frames/s that starts when two subscribers are ready:",
      "  frameline publish --source synthetic:fringes --fps 60 --wait-for 2"
    })
public final class PublishCommand implements Callable<Integer> {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

  private final StopSignal stop;

  @Mixin private SourceOptions source;

  @Option(
      names = "--fps",
      paramLabel = "F|max",
      description = "Frames per second, or max (default: the source's own rate).")
  private String fps;

  @Option(
      names = "--speed",
      paramLabel = "F",
      defaultValue = "1",
      description =
          "Send a file F times as fast as it was recorded: 2 for twice, 0.5 for half"
              + " (default: ${DEFAULT-VALUE}).")
  private double speed;

  @Option(
      names = "--from",
      paramLabel = "N",
      defaultValue = "0",
      description = "Begin a recording with the frame that has number N there (default: first).")
  private long from;

  @Option(
      names = "--to",
      paramLabel = "N",
      description = "End a recording with the frame that has number N there (default: last).")
  private Long to;

  @Option(
      names = "--lossless",
      description =
          "Wait for the slowest subscriber instead of dropping its frames; not for live cameras.")
  private boolean lossless;

  @Option(names = "--loop", description = "Begin a file again at its end.")
  private boolean loop;

  @Option(names = "--frames", paramLabel = "N", description = "Stop after N frames (default: all).")
  private Long frames;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      description =
          "Size in pixels (default: the source's own; synthetic: 640x480); not for recordings.")
  private String size;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      completionCandidates = SourceOptions.Formats.class,
      description = "Pixel format: ${COMPLETION-CANDIDATES} (default: RGB8); not for recordings.")
  private String format;

  @Option(
      names = "--reconnect",
      paramLabel = "T",
      defaultValue = "5m",
      converter = ReconnectConverter.class,
      description =
          "How long to try to reach a camera again that dropped out, 0 for never"
              + " (default: ${DEFAULT-VALUE}).")
  private Duration reconnect;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      defaultValue = "camera_frame",
      description = "First part of every message (default: ${DEFAULT-VALUE}).")
  private String topic;

  @Option(
      names = "--wait-for",
      paramLabel = "K",
      defaultValue = "0",
      description = "Start when K subscribers are ready (default: ${DEFAULT-VALUE}, at once).")
  private int waitFor;

  @Option(
      names = "--bind",
      paramLabel = "ENDPOINT",
      defaultValue = "tcp://127.0.0.1:5555",
      converter = EndpointConverter.class,
      description = "Where subscribers connect (default: ${DEFAULT-VALUE}).")
  private Endpoint bind;

  @Option(
      names = "--control-bind",
      paramLabel = "ENDPOINT",
      defaultValue = "tcp://127.0.0.1:5556",
      converter = EndpointConverter.class,
      description = "Control socket (default: ${DEFAULT-VALUE}).")
  private Endpoint controlBind;

  @Option(
      names = "--history-bind",
      paramLabel = "ENDPOINT",
      converter = EndpointConverter.class,
      description =
          "Where subscribers fetch what they missed (default: port 5557 of the host of"
              + " --control-bind, or any free port when that is taken).")
  private Endpoint historyBind;

  @Option(
      names = "--advertise",
      paramLabel = "HOST",
      description =
          "Name or address by which other machines reach this one, where that is not the one it"
              + " binds: behind NAT, in a container, with several networks.")
  private String advertise;

  @Option(
      names = "--discoverable",
      description =
          "Tell the local network of this stream by multicast DNS, for 'frameline streams'.")
  private boolean discoverable;

  @Option(
      names = "--history",
      paramLabel = "SIZE",
      defaultValue = "256MiB",
      converter = ByteSizeConverter.class,
      description = "Keep the last frames up to this size (default: ${DEFAULT-VALUE}).")
  private long history;

  @Mixin private StandardOptions standard;

  /** A time, or 0. */
  static final class ReconnectConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      return value.equals("0") ? Duration.ZERO : new DurationConverter().convert(value);
    }
  }

  public PublishCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    PublisherConfig config = config();
    standard.requireWritable();
    Publisher publisher = new Publisher(config, stop);
    try {
      publisher.run();
    } finally {
      publisher.report().writeTo(standard.report());
    }
    return ExitCode.DONE;
  }

  private PublisherConfig config() {
    double rate = rate();
    int[] widthAndHeight = size();
    try {
      SourceRequest request =
          new SourceRequest(
              source.spec(),
              widthAndHeight[0],
              widthAndHeight[1],
              format == null ? null : named("--format", () -> PixelFormat.ofPfncName(format)),
              Double.isFinite(rate) ? rate : Double.NaN,
              loop,
              SourceRequest.DEFAULT_CAMERA_TIMEOUT,
              new FrameRange(from, to == null ? Long.MAX_VALUE : to));
      return new PublisherConfig(
          request,
          new Pace(rate, speed),
          lossless,
          frames == null ? Long.MAX_VALUE : frames,
          reconnect,
          topic,
          waitFor,
          new Addresses(bind, controlBind, historyBind, advertise, discoverable),
          history);
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage(e.getMessage());
    }
  }

  private static <T> T named(String option, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }

  private double rate() {
    if (fps == null) {
      return Double.NaN;
    }
    if (fps.equals("max")) {
      return Double.POSITIVE_INFINITY;
    }
    try {
      double rate = Double.parseDouble(fps);
      if (rate > 0 && Double.isFinite(rate)) {
        return rate;
      }
    } catch (NumberFormatException e) {
      throw wrongRate();
    }
    throw wrongRate();
  }

  private ProgramException wrongRate() {
    return ProgramException.usage("--fps: expected a number above 0 or max, found \"" + fps + "\"");
  }

  /** Width and height, zeros for the source's own. */
  private int[] size() {
    if (size == null) {
      return new int[] {0, 0};
    }
    Matcher matcher = SIZE.matcher(size);
    if (matcher.matches()) {
      int width = Integer.parseInt(matcher.group(1));
      int height = Integer.parseInt(matcher.group(2));
      if (width > 0 && height > 0) {
        return new int[] {width, height};
      }
    }
    throw ProgramException.usage(
        "--size: expected WIDTHxHEIGHT in pixels such as 640x480, found \"" + size + "\"");
  }
}
