package org.frameline.program.command;

import java.nio.file.Path;
import org.frameline.program.OutputFile;
import picocli.CommandLine.Option;

/** Options of every command that runs until it is done. */
public final class StandardOptions {
  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write a JSON summary to FILE when done.")
  private Path report;

  /** Where the report goes, or null. */
  public Path report() {
    return report;
  }

  /** Makes sure, before anything begins, that the report can be written at the end. */
  public void requireWritable() {
    if (report != null) {
      OutputFile.requireWritable(report, true, "");
    }
  }
}
