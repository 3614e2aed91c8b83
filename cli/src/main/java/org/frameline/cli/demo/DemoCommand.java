package org.frameline.cli.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.frameline.cli.process.Member;
import org.frameline.cli.process.PrefixedStage;
import org.frameline.cli.process.Stage;
import org.frameline.cli.process.Supervisor;
import org.frameline.program.ExitCode;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.frameline.program.command.VersionProvider;
import org.frameline.publisher.SourceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code frameline demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description =
        "Runs the whole pipeline on this machine: publisher, recorder, ventilator, workers and sink"
            + " as processes of their own, then shows a summary and writes a page with pictures.",
    footer = {
      "",
      "Example: a video instead of the simulated camera, one pane per process:",
      "  frameline demo --source video:clip.avi --tmux"
    })
public final class DemoCommand implements Callable<Integer> {
  private static final long DEFAULT_FRAMES = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String MOVE = "--port-base moves all processes of the demo";

  private final StopSignal stop;

  @Mixin private SourceOptions source;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "Stop after N frames (default: " + DEFAULT_FRAMES + "; of a file, all).")
  private Long frames;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      description = "Size in pixels (default: the source's own; synthetic: 640x480).")
  private String size;

  @Option(
      names = "--fps",
      paramLabel = "F|max",
      description = "Frames per second, or max (default: the source's own rate).")
  private String fps;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      completionCandidates = SourceOptions.Formats.class,
      description = "Pixel format: ${COMPLETION-CANDIDATES} (default: RGB8; synthetic: Mono8).")
  private String format;

  @Option(
      names = "--workers",
      paramLabel = "K",
      defaultValue = "2",
      description = "How many fft workers (default: ${DEFAULT-VALUE}).")
  private int workers;

  @Option(
      names = "--output",
      paramLabel = "WHAT",
      defaultValue = "log-magnitude",
      description =
          "What the workers make: complex, power or log-magnitude (default: ${DEFAULT-VALUE}).")
  private String output;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "demo-output",
      description = "Where the files go (default: ${DEFAULT-VALUE}).")
  private Path directory;

  @Option(
      names = "--port-base",
      paramLabel = "P",
      defaultValue = "" + DemoConfig.DEFAULT_PORT_BASE,
      description =
          "Port of the publisher; the others keep their distance (default: ${DEFAULT-VALUE}).")
  private int portBase;

  @Option(names = "--tmux", description = "One pane per process instead of prefixed lines.")
  private boolean tmux;

  @Spec private CommandSpec spec;

  public DemoCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    DemoConfig config = config();
    OutputDirectory.prepare(config.directory());
    List<Member> members = PipelinePlan.members(config);
    Instant started = Instant.now();
    DemoReport report = new DemoReport(config, members, started);
    report.begin();
    PrintWriter terminal = spec.commandLine().getErr();
    try (Stage stage = stage(terminal)) {
      if (!new Supervisor(stage, stop, PATIENCE, MOVE).run(members)) {
        terminal.println("frameline: stopped; what was recorded is in " + config.directory());
        return ExitCode.FAILED;
      }
    }
    try {
      Results results = report.finish();
      spec.commandLine().getOut().print(report.summary(results));
      spec.commandLine().getOut().flush();
      return results.isComplete() ? ExitCode.DONE : ExitCode.FRAMES_MISSING;
    } catch (IOException e) {
      throw ProgramException.failed("cannot make the report: " + e.getMessage(), e);
    }
  }

  private Stage stage(PrintWriter terminal) {
    String javaOptions = System.getenv("FRAMELINE_JAVA_OPTS");
    return tmux
        ? new TmuxStage(terminal, javaOptions)
        : new PrefixedStage(terminal, Ansi.AUTO::string, javaOptions);
  }

  private DemoConfig config() {
    try {
      boolean isFile = source.spec().kind().isFile();
      Long howMany = frames == null && !isFile ? Long.valueOf(DEFAULT_FRAMES) : frames;
      return new DemoConfig(
          source.text(), howMany, size, fps, format, workers, output, portBase, directory);
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage(e.getMessage());
    }
  }
}
