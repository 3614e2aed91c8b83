package org.frameline.cli;

import java.util.List;
import java.util.Set;
import org.frameline.analysis.InfoCommand;
import org.frameline.analysis.VerifyCommand;
import org.frameline.analysis.copy.CopyCommand;
import org.frameline.analysis.export.ExportCommand;
import org.frameline.analysis.plot.PlotCommand;
import org.frameline.analysis.spectrum.SpectrumCommand;
import org.frameline.cli.bench.BenchCommand;
import org.frameline.cli.demo.DemoCommand;
import org.frameline.program.StopSignal;
import org.frameline.program.command.Failures;
import org.frameline.program.command.VersionProvider;
import org.frameline.publisher.CamerasCommand;
import org.frameline.publisher.PublishCommand;
import org.frameline.recorder.RecordCommand;
import org.frameline.sink.SinkCommand;
import org.frameline.transfer.FetchCommand;
import org.frameline.transfer.ServeCommand;
import org.frameline.ventilator.VentilateCommand;
import org.frameline.worker.FftCommand;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code frameline COMMAND}. */
@Command(
    name = "frameline",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Streams camera frames over ZeroMQ, transforms them and records them to HDF5.",
    footer = {
      "",
      "Example, one line per terminal:",
      "  frameline record --out recording.h5",
      "  frameline publish --source webcam:0 --wait-for 1",
      "'frameline COMMAND --help' tells the options of a command."
    })
public final class Frameline {
  /** Tells of all the others. */
  private static final String COMPLETION = "generate-completion";

  private static final Set<String> VERSION = Set.of("-V", "--version");

  /** All, in the order in which they are told. */
  private static final List<String> COMMANDS =
      List.of(
          "publish",
          "ventilate",
          "fft",
          "sink",
          "record",
          "snap",
          "streams",
          "status",
          "stop",
          "info",
          "verify",
          "copy",
          "export",
          "spectrum",
          "plot",
          "serve",
          "fetch",
          "cameras",
          "demo",
          "bench",
          COMPLETION);

  private Frameline() {}

  /** All commands; {@code stop} ends the one that runs. */
  public static CommandLine commandLine(StopSignal stop) {
    return commandLine(stop, COMMANDS);
  }

  /**
   * What can be called with these arguments: the one command that they name, where they name one,
   * and none where they ask for the version. To look into the options of all the others would take
   * longer than many commands run.
   */
  static CommandLine commandLine(StopSignal stop, String... args) {
    String first = args.length > 0 ? args[0] : "";
    if (VERSION.contains(first)) {
      return commandLine(stop, List.of());
    }
    boolean one = COMMANDS.contains(first) && !first.equals(COMPLETION);
    return commandLine(stop, one ? List.of(first) : COMMANDS);
  }

  private static CommandLine commandLine(StopSignal stop, List<String> names) {
    CommandLine commandLine = new CommandLine(new Frameline());
    names.forEach(name -> commandLine.addSubcommand(name, command(name, stop)));
    return Failures.handledIn(commandLine)
        .setAbbreviatedOptionsAllowed(false)
        // What is printed is made harmless; colours of the help would be written out.
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
  }

  private static Object command(String name, StopSignal stop) {
    return switch (name) {
      case "publish" -> new PublishCommand(stop);
      case "ventilate" -> new VentilateCommand(stop);
      case "fft" -> new FftCommand(stop);
      case "sink" -> new SinkCommand(stop);
      case "record" -> new RecordCommand(stop);
      case "snap" -> new SnapCommand(stop);
      case "streams" -> new StreamsCommand(stop);
      case "status" -> new StatusCommand(stop);
      case "stop" -> new StopCommand(stop);
      case "info" -> new InfoCommand(stop);
      case "verify" -> new VerifyCommand(stop);
      case "copy" -> new CopyCommand(stop);
      case "export" -> new ExportCommand(stop);
      case "spectrum" -> new SpectrumCommand(stop);
      case "plot" -> new PlotCommand(stop);
      case "serve" -> new ServeCommand(stop);
      case "fetch" -> new FetchCommand(stop);
      case "cameras" -> new CamerasCommand();
      case "demo" -> new DemoCommand(stop);
      case "bench" -> new BenchCommand(stop);
      case COMPLETION -> new AutoComplete.GenerateCompletion();
      default -> throw new IllegalArgumentException("expected a command, found " + name);
    };
  }

  /** Runs one command; Ctrl-C and SIGTERM end it in order. */
  public static void main(String[] args) {
    StopSignal stop = new StopSignal();
    Failures.tellOfThreads();
    CommandLine commandLine = commandLine(stop, args);
    stop.installSignalHook();
    int code;
    if (args.length == 0) {
      commandLine.usage(System.err);
      code = org.frameline.program.ExitCode.USAGE;
    } else {
      code = commandLine.execute(args);
    }
    stop.finished(code);
    System.exit(code);
  }
}
