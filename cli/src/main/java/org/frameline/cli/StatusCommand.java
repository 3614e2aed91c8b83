package org.frameline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.frameline.cli.control.ControlClient;
import org.frameline.program.ExitCode;
import org.frameline.program.ProgramException;
import org.frameline.program.RunningProcess;
import org.frameline.program.RuntimeDirectory;
import org.frameline.program.StopSignal;
import org.frameline.program.command.EndpointConverter;
import org.frameline.program.command.VersionProvider;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.Endpoint;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code frameline status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Asks a running process how it stands, or all of them.",
    footer = {"", "Example: the ledger of everything that runs:", "  frameline status --all"})
final class StatusCommand implements Callable<Integer> {
  private static final Endpoint PUBLISHER = Endpoint.parse("tcp://127.0.0.1:5556");
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final StopSignal stop;

  @ArgGroup private Whom whom = new Whom();

  /** One or all. */
  private static final class Whom {
    @Option(
        names = "--control",
        paramLabel = "ENDPOINT",
        converter = EndpointConverter.class,
        description =
            "Control or handshake socket of the process (default: tcp://127.0.0.1:5556, the"
                + " publisher).")
    private Endpoint control;

    @Option(names = "--all", description = "Ask every process of this user on this machine.")
    private boolean all;
  }

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  StatusCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    int code = whom.all ? printAll(out) : printOne(out);
    out.flush();
    return code;
  }

  private int printOne(PrintWriter out) {
    Endpoint control = whom.control == null ? PUBLISHER : whom.control;
    Map<String, Object> fields = ControlClient.ask(control, "status", stop).message().fields();
    if (json) {
      out.print(text(fields) + "\n");
      return ExitCode.DONE;
    }
    fields.forEach(
        (key, value) -> {
          if (!key.equals("ok")) {
            out.println(key + ": " + value);
          }
        });
    return ExitCode.DONE;
  }

  private int printAll(PrintWriter out) {
    List<RunningProcess> running = RuntimeDirectory.ofUser().processes();
    List<ControlMessage> answers =
        ControlClient.askAll(
            running.stream().map(RunningProcess::control).toList(), ANSWER_WITHIN, stop);
    List<ProcessStatus> all = new ArrayList<>();
    for (int i = 0; i < running.size(); i++) {
      // One that ended meanwhile is no process that does not answer.
      if (answers.get(i) != null || running.get(i).isAlive()) {
        all.add(new ProcessStatus(running.get(i), answers.get(i)));
      }
    }
    LedgerTable table = new LedgerTable(all);
    if (json) {
      out.print(text(table.toJson()) + "\n");
    } else {
      table.lines().forEach(out::println);
    }
    return table.isComplete() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static String text(Map<String, Object> fields) {
    try {
      return MAPPER.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw ProgramException.failed("cannot print the answer as JSON: " + e.getMessage(), e);
    }
  }
}
