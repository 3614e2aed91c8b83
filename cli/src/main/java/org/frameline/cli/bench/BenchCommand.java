package org.frameline.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.frameline.program.ExitCode;
import org.frameline.program.OutputFile;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.frameline.program.command.VersionProvider;
import org.frameline.publisher.SourceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code frameline bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description =
        "Measures how fast this machine copies, writes, sends, transforms and does all of it"
            + " together, and says which camera it can keep up with.",
    footer = {
      "",
      "Example: a camera of your own, the prediction tried, and the figures as a page:",
      "  frameline bench --size 1280x1024 --format Mono16 --prove --html bench.html"
    })
public final class BenchCommand implements Callable<Integer> {
  private final StopSignal stop;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      defaultValue = "640x480",
      description = "Size of the camera's frames in pixels (default: ${DEFAULT-VALUE}).")
  private String size;

  @Option(
      names = {"--format", "--pixel-format"},
      paramLabel = "FORMAT",
      defaultValue = "RGB8",
      completionCandidates = SourceOptions.Formats.class,
      description = "Their pixel format: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private String format;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = ".",
      description =
          "Where recordings will go: what is written for a test is written there, and removed"
              + " (default: this folder).")
  private Path directory;

  @Option(
      names = "--only",
      paramLabel = "WHAT",
      split = ",",
      completionCandidates = Sections.class,
      description = "Measure only some of ${COMPLETION-CANDIDATES} (default: all).")
  private List<String> only;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description =
          "About how long to measure all of it (default: 45), without the start of processes.")
  private Integer seconds;

  @Option(
      names = "--prove",
      description =
          "Try the prediction: run everything at 90 %% of the predicted rate, which must lose"
              + " nothing, and at 130 %%, which should be too much; half a minute more.")
  private boolean prove;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to FILE as JSON.")
  private Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with curves to FILE; it needs nothing else.")
  private Path html;

  @Spec private CommandSpec spec;

  /** What can be measured, for help and completion. */
  static final class Sections implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return EnumSet.allOf(Section.class).stream().map(Section::key).iterator();
    }
  }

  public BenchCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    BenchConfig config = config();
    requireWritable(json);
    requireWritable(html);
    Optional<Result> found = new Bench(config, stop).run();
    if (found.isEmpty()) {
      throw ProgramException.failed("stopped before everything was measured", null);
    }
    Result result = found.get();
    spec.commandLine().getOut().print(ResultText.of(result));
    spec.commandLine().getOut().flush();
    result.toReport().writeTo(json);
    writePage(result);
    return result.hasLostBelowPrediction() ? ExitCode.FRAMES_MISSING : ExitCode.DONE;
  }

  private static void requireWritable(Path file) {
    if (file != null) {
      OutputFile.requireWritable(file, true, "");
    }
  }

  private void writePage(Result result) {
    if (html == null) {
      return;
    }
    try {
      Files.writeString(html, ResultPage.html(result));
    } catch (IOException e) {
      throw ProgramException.failed("cannot write " + html + ": " + e.getMessage(), e);
    }
  }

  private BenchConfig config() {
    try {
      Set<Section> sections = only == null ? EnumSet.allOf(Section.class) : Section.parse(only);
      if (seconds != null && seconds < 1) {
        throw new IllegalArgumentException("--seconds: expected 1 or more, found " + seconds);
      }
      return new BenchConfig(
          Camera.parse(size, format), directory, sections, seconds == null ? 0 : seconds, prove);
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage(e.getMessage());
    }
  }
}
