package org.frameline.publisher.source;

/**
 * Which frames of a recording are wanted, by the numbers that they have there. Immutable.
 *
 * @param from the first
 * @param to the last
 */
public record FrameRange(long from, long to) {

  /** Everything there is. */
  public static final FrameRange ALL = new FrameRange(0, Long.MAX_VALUE);

  public FrameRange {
    if (from < 0) {
      throw new IllegalArgumentException("--from: expected 0 or more, found " + from);
    }
    if (to < from) {
      throw new IllegalArgumentException(
          "--to: expected a frame from " + from + " on, found " + to);
    }
  }

  boolean isAll() {
    return equals(ALL);
  }

  /** For people. */
  @Override
  public String toString() {
    return to == Long.MAX_VALUE ? "from " + from + " on" : from + " to " + to;
  }
}
