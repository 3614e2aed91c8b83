package org.frameline.testing;

import java.util.List;

/**
 * What a program left that has ended.
 *
 * @param command what was run
 * @param exitCode its exit code
 * @param out its standard output
 * @param err its standard error
 */
public record Outcome(List<String> command, int exitCode, String out, String err) {

  /** The standard output, without the white space around it; fails on any exit code but 0. */
  public String succeeded() {
    if (exitCode != 0) {
      throw new AssertionError(
          "expected exit code 0, found %d of %s%n%s%s".formatted(exitCode, command, out, err));
    }
    return out.strip();
  }
}
