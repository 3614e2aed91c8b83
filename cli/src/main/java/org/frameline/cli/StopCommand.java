package org.frameline.cli;

import java.util.concurrent.Callable;
import org.frameline.cli.control.ControlClient;
import org.frameline.program.ExitCode;
import org.frameline.program.StopSignal;
import org.frameline.program.command.EndpointConverter;
import org.frameline.program.command.VersionProvider;
import org.frameline.protocol.Endpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code frameline stop}. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Ends a running process in order.",
    footer = {"", "Example: end the recorder:", "  frameline stop --control tcp://127.0.0.1:5570"})
final class StopCommand implements Callable<Integer> {
  private final StopSignal stop;

  @Option(
      names = "--control",
      paramLabel = "ENDPOINT",
      defaultValue = "tcp://127.0.0.1:5556",
      converter = EndpointConverter.class,
      description = "Control socket of the process (default: ${DEFAULT-VALUE}).")
  private Endpoint control;

  StopCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    ControlClient.ask(control, "stop", stop);
    return ExitCode.DONE;
  }
}
