package org.frameline.analysis.images;

import java.util.OptionalLong;
import org.frameline.program.ProgramException;
import picocli.CommandLine.Option;

/** Options of every command that takes frames out of a recording: which. */
public class FrameOptions {
  @Option(
      names = "--from",
      paramLabel = "N",
      description = "First frame, by its number in the file (default: the first).")
  private Long from;

  @Option(
      names = "--to",
      paramLabel = "N",
      description = "Last frame, by its number in the file (default: the last).")
  private Long to;

  /** Whether any of the frames were asked for, instead of all. */
  public boolean isRange() {
    return from != null || to != null;
  }

  /**
   * The frames that were asked for.
   *
   * @throws ProgramException when no file can have them
   */
  public Selection selection() {
    return selection(1);
  }

  final Selection selection(long every) {
    try {
      return new Selection(number(from), number(to), every);
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage(e.getMessage());
    }
  }

  private static OptionalLong number(Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
