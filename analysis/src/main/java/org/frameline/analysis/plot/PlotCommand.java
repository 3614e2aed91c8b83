package org.frameline.analysis.plot;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.frameline.analysis.images.FrameSeries;
import org.frameline.analysis.images.ImageOptions;
import org.frameline.analysis.images.Selection;
import org.frameline.program.ExitCode;
import org.frameline.program.OutputFile;
import org.frameline.program.ProgramException;
import org.frameline.program.Progress;
import org.frameline.program.Rate;
import org.frameline.program.StopSignal;
import org.frameline.program.command.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code frameline plot}. */
@Command(
    name = "plot",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description = {
      "Draws when the frames of a recording came, which are missing, and how bright they are.",
      "With --every there are no intervals."
    },
    footer = {
      "",
      "Example: one page with everything, to be opened in a browser:",
      "  frameline plot recording.h5 --out recording.html"
    })
public final class PlotCommand implements Callable<Integer> {
  private static final String PAGE = "report.html";

  private final StopSignal stop;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "A recording, or a file with a stack of images.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "OUT",
      required = true,
      description =
          "A name that ends in .html for one page with all pictures; else a folder for the page and"
              + " the pictures as PNG.")
  private Path out;

  @Option(names = "--overwrite", description = "Replace files that are there already.")
  private boolean overwrite;

  @Mixin private ImageOptions images;

  /** A command that {@code stop} ends early. */
  public PlotCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    Selection selection = images.selection();
    if (isPage()) {
      OutputFile.requireWritable(out, overwrite, "--overwrite");
    }
    try {
      Series series = read(selection);
      Map<String, byte[]> files = draw(series);
      PictureFolder.writeFiles(isPage() ? out.toAbsolutePath().getParent() : out, files, overwrite);
      PrintWriter print = spec.commandLine().getOut();
      RecordingPlots.figures(series, images.every())
          .forEach((name, value) -> print.println(name + ": " + value));
      print.flush();
      return series.missing() > 0 ? ExitCode.FRAMES_MISSING : ExitCode.DONE;
    } catch (IOException e) {
      throw ProgramException.failed(e.getMessage(), e);
    }
  }

  private boolean isPage() {
    return out.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".html");
  }

  private Series read(Selection selection) throws IOException {
    Rate rate = new Rate();
    try (FrameSeries frames = FrameSeries.open(file, images.entry(), images.dataset());
        Progress progress =
            new Progress(
                "reading",
                frames.frames(),
                () -> String.format(Locale.ROOT, "%.1f frames/s", rate.framesPerSecond()))) {
      frames.warnWhenCutShort();
      Series series = Series.of(frames, selection);
      if (!isPage()) {
        List<String> names = new ArrayList<>();
        RecordingPlots.names(series, images.every())
            .forEach(name -> names.add(PictureFolder.file(name)));
        names.add(PAGE);
        PictureFolder.requireFilesWritable(out, names, overwrite);
      }
      boolean whole =
          series.read(
              done -> {
                rate.count(0);
                progress.update(done);
              },
              stop);
      if (!whole) {
        throw ProgramException.failed("stopped; nothing was written", null);
      }
      return series;
    }
  }

  private Map<String, byte[]> draw(Series series) {
    HtmlPage page = new HtmlPage(file.getFileName().toString());
    page.table(RecordingPlots.figures(series, images.every()));
    Map<String, byte[]> files = new LinkedHashMap<>();
    RecordingPlots.pictures(series, images.every())
        .forEach(
            (name, png) -> {
              page.picture(name, png);
              if (!isPage()) {
                files.put(PictureFolder.file(name), png);
              }
            });
    String name = isPage() ? out.getFileName().toString() : PAGE;
    files.put(name, page.toString().getBytes(StandardCharsets.UTF_8));
    return files;
  }
}
