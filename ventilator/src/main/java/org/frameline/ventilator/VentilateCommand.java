package org.frameline.ventilator;

import java.util.concurrent.Callable;
import org.frameline.program.ExitCode;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.frameline.program.command.EndpointConverter;
import org.frameline.program.command.StandardOptions;
import org.frameline.program.command.SubscriberOptions;
import org.frameline.program.command.VersionProvider;
import org.frameline.protocol.Dispatch;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.socket.Sockets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code frameline ventilate}. */
@Command(
    name = "ventilate",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description = "Subscribes to frames and deals them out to the fft workers.",
    footer = {
      "",
      "Example: deal out when two workers are ready:",
      "  frameline ventilate --workers 2"
    })
public final class VentilateCommand implements Callable<Integer> {
  private final StopSignal stop;

  @Mixin private SubscriberOptions subscriber;

  @Option(
      names = "--bind",
      paramLabel = "ENDPOINT",
      defaultValue = "tcp://127.0.0.1:5560",
      converter = EndpointConverter.class,
      description = "Where workers fetch tasks (default: ${DEFAULT-VALUE}).")
  private Endpoint bind;

  @Option(
      names = "--dispatch",
      paramLabel = "WAY",
      defaultValue = "push",
      description =
          "How frames are dealt out: push, to whoever has room; or credit, to whoever asks"
              + " (default: ${DEFAULT-VALUE}).")
  private String dispatch;

  @Option(
      names = "--control-bind",
      paramLabel = "ENDPOINT",
      defaultValue = "tcp://127.0.0.1:*",
      converter = EndpointConverter.class,
      description =
          "The ventilator's own control socket (default: ${DEFAULT-VALUE}, any free port).")
  private Endpoint controlBind;

  @Option(
      names = "--sink",
      paramLabel = "ENDPOINT",
      defaultValue = "tcp://127.0.0.1:5562",
      converter = EndpointConverter.class,
      description = "The sink's handshake socket (default: ${DEFAULT-VALUE}).")
  private Endpoint sink;

  @Option(
      names = "--workers",
      paramLabel = "K",
      defaultValue = "1",
      description = "Start when K workers are ready (default: ${DEFAULT-VALUE}).")
  private int workers;

  @Option(
      names = "--window",
      paramLabel = "W",
      defaultValue = "64",
      description =
          "How many frames may be under way to the sink at once (default: ${DEFAULT-VALUE}).")
  private int window;

  @Mixin private StandardOptions standard;

  public VentilateCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    VentilatorConfig config = config();
    standard.requireWritable();
    try (Sockets sockets = new Sockets();
        VentilatorLoop loop = new VentilatorLoop(config, sockets, stop)) {
      loop.run();
      loop.report().writeTo(standard.report());
      boolean isCertain = loop.missing() == 0 && loop.silence().isZero();
      return isCertain ? ExitCode.DONE : ExitCode.FRAMES_MISSING;
    }
  }

  private VentilatorConfig config() {
    try {
      return new VentilatorConfig(
          subscriber.connect(),
          subscriber.control(),
          subscriber.topic(),
          subscriber.from(),
          bind,
          dispatch(),
          controlBind,
          sink,
          workers,
          window);
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage(e.getMessage());
    }
  }

  private Dispatch dispatch() {
    try {
      return Dispatch.ofOptionName(dispatch);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--dispatch: " + e.getMessage(), e);
    }
  }
}
