package org.frameline.analysis;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.frameline.analysis.images.ImageOptions;
import org.frameline.program.ExitCode;
import org.frameline.program.Report;
import org.frameline.program.StopSignal;
import org.frameline.program.command.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code frameline info}. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description = {
      "Says what recordings hold, without reading pixels: everything about one file, or a table of"
          + " many.",
      "Other HDF5 files are described too when they hold a stack of images."
    },
    footer = {"", "Example: everything that was recorded in this folder:", "  frameline info *.h5"})
public final class InfoCommand implements Callable<Integer> {
  private final StopSignal stop;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Recordings.")
  private List<Path> files;

  @Option(names = "--dataset", paramLabel = "PATH", description = ImageOptions.DATASET)
  private String dataset;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /** A command that {@code stop} ends early. */
  public InfoCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<FileFacts> found = new ArrayList<>();
    for (Path file : files) {
      if (!stop.getAsBoolean()) {
        try {
          found.add(FileFacts.of(file, dataset));
        } catch (IOException e) {
          err.println("frameline: " + e.getMessage());
        }
      }
    }
    if (json) {
      Report report = new Report("info").put("files", found.stream().map(InfoJson::of).toList());
      // Not as a line: it has several.
      out.print(report.toJson() + "\n");
    } else if (files.size() == 1) {
      found.forEach(facts -> InfoText.whole(facts).forEach(out::println));
    } else if (!found.isEmpty()) {
      InfoText.table(found).forEach(out::println);
    }
    out.flush();
    err.flush();
    return found.size() == files.size() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
