package org.frameline.recording;

/**
 * Frames that came while an entry was being written, and are not in it. Immutable.
 *
 * @param late how many came after they had been given up
 * @param strange how many nobody had asked for
 */
public record Unwanted(long late, long strange) {
  /** None. */
  public static final Unwanted NONE = new Unwanted(0, 0);

  public Unwanted {
    if (late < 0 || strange < 0) {
      throw new IllegalArgumentException(
          "expected 0 or more, found late=" + late + " strange=" + strange);
    }
  }

  /** Both together. */
  public Unwanted plus(Unwanted other) {
    return new Unwanted(late + other.late, strange + other.strange);
  }

  /** These without some that are among them. */
  public Unwanted minus(Unwanted other) {
    return new Unwanted(late - other.late, strange - other.strange);
  }
}
