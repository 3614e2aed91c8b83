package org.frameline.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.frameline.program.ExitCode;
import org.frameline.program.StopSignal;
import org.frameline.program.command.EndpointConverter;
import org.frameline.program.command.VersionProvider;
import org.frameline.protocol.Endpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code frameline status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Asks a running publisher, recorder or sink how it stands.",
    footer = {"", "Example:", "  frameline status --control tcp://127.0.0.1:5556"})
final class StatusCommand implements Callable<Integer> {
  private final StopSignal stop;

  @Option(
      names = "--control",
      paramLabel = "ENDPOINT",
      defaultValue = "tcp://127.0.0.1:5556",
      converter = EndpointConverter.class,
      description = "Control or handshake socket of the process (default: ${DEFAULT-VALUE}).")
  private Endpoint control;

  @Spec private CommandSpec spec;

  StatusCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ControlClient.ask(control, "status", stop)
        .message()
        .fields()
        .forEach(
            (key, value) -> {
              if (!key.equals("ok")) {
                out.println(key + ": " + value);
              }
            });
    out.flush();
    return ExitCode.DONE;
  }
}
