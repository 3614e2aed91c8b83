package org.frameline.analysis.images;

import java.util.Optional;
import org.frameline.program.ProgramException;
import picocli.CommandLine.Option;

/**
 * Options of every command that takes images out of a recording, or out of a file of another
 * program.
 */
public final class ImageOptions extends FrameOptions {
  /** What {@code --dataset} is, in every command. */
  public static final String DATASET =
      "The images in a file of another program (default: those that it says to show, or the first"
          + " dataset with 3 or 4 dimensions).";

  @Option(
      names = "--entry",
      paramLabel = "NAME",
      description = "Which entry of the recording (default: entry, the first).")
  private String entry;

  @Option(names = "--dataset", paramLabel = "PATH", description = DATASET)
  private String dataset;

  @Option(
      names = "--every",
      paramLabel = "N",
      description = "Only every Nth frame, counted from the first (default: 1).")
  private Long every;

  /** Of a recording; empty for the first. */
  public Optional<String> entry() {
    return Optional.ofNullable(entry);
  }

  /** In a file of another program; empty for what {@link FrameSeries#open} finds. */
  public Optional<String> dataset() {
    if (dataset != null && entry().isPresent()) {
      throw ProgramException.usage("expected --entry or --dataset, found both");
    }
    return Optional.ofNullable(dataset);
  }

  @Override
  public boolean isRange() {
    return super.isRange() || every != null;
  }

  @Override
  public Selection selection() {
    return selection(every());
  }

  /** A frame is taken every so many numbers. */
  public long every() {
    return every == null ? 1 : every;
  }
}
