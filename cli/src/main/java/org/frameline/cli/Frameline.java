package org.frameline.cli;

import org.frameline.analysis.InfoCommand;
import org.frameline.analysis.VerifyCommand;
import org.frameline.analysis.copy.CopyCommand;
import org.frameline.analysis.export.ExportCommand;
import org.frameline.analysis.plot.PlotCommand;
import org.frameline.analysis.spectrum.SpectrumCommand;
import org.frameline.cli.demo.DemoCommand;
import org.frameline.fft.FftCommand;
import org.frameline.program.StopSignal;
import org.frameline.program.command.Failures;
import org.frameline.program.command.VersionProvider;
import org.frameline.publisher.CamerasCommand;
import org.frameline.publisher.PublishCommand;
import org.frameline.recorder.RecordCommand;
import org.frameline.sink.SinkCommand;
import org.frameline.ventilator.VentilateCommand;
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
  private Frameline() {}

  /** All commands; {@code stop} ends the one that runs. */
  public static CommandLine commandLine(StopSignal stop) {
    Failures failures = new Failures();
    CommandLine commandLine =
        new CommandLine(new Frameline())
            .addSubcommand(new PublishCommand(stop))
            .addSubcommand(new VentilateCommand(stop))
            .addSubcommand(new FftCommand(stop))
            .addSubcommand(new SinkCommand(stop))
            .addSubcommand(new RecordCommand(stop))
            .addSubcommand(new SnapCommand(stop))
            .addSubcommand(new StatusCommand(stop))
            .addSubcommand(new StopCommand(stop))
            .addSubcommand(new InfoCommand(stop))
            .addSubcommand(new VerifyCommand(stop))
            .addSubcommand(new CopyCommand(stop))
            .addSubcommand(new ExportCommand(stop))
            .addSubcommand(new SpectrumCommand(stop))
            .addSubcommand(new PlotCommand(stop))
            .addSubcommand(new CamerasCommand())
            .addSubcommand(new DemoCommand(stop))
            .addSubcommand(new AutoComplete.GenerateCompletion());
    return commandLine
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .setAbbreviatedOptionsAllowed(false);
  }

  /** Runs one command; Ctrl-C and SIGTERM end it in order. */
  public static void main(String[] args) {
    StopSignal stop = new StopSignal();
    CommandLine commandLine = commandLine(stop);
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
