package org.frameline.program.command;

import java.util.function.Function;
import org.frameline.program.ProgramException;
import picocli.CommandLine.Option;

/**
 * Options of every command that writes a recording. What there is to choose from, and the default,
 * is the recording's own matter.
 */
public final class ChecksumOptions {
  @Option(
      names = "--checksum",
      paramLabel = "HOW",
      description =
          "fletcher32, by which verify and every HDF5 program notice damage, or none (default:"
              + " ${DEFAULT-VALUE}).")
  private String checksum;

  /** Options of which the default has this name. */
  public ChecksumOptions(String byDefault) {
    checksum = byDefault;
  }

  /**
   * What was asked for.
   *
   * @param ofName finds it by its name, or throws an IllegalArgumentException
   * @throws ProgramException when there is none of that name
   */
  public <T> T checksum(Function<String, T> ofName) {
    try {
      return ofName.apply(checksum);
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage("--checksum: " + e.getMessage());
    }
  }
}
