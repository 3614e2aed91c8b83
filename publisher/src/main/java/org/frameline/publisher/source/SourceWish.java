package org.frameline.publisher.source;

/** What can be asked of a source beyond its name. Each kind says what it takes. */
public enum SourceWish {
  SIZE("--size", "none, since recorded frames are sent as they are"),
  FORMAT("--format", "none, since recorded frames are sent as they are"),
  RANGE("--from and --to", "a recording, %s"),
  SPEED("--speed", "a file, %s"),
  LOSSLESS("--lossless", "a file or a synthetic source");

  private final String option;
  private final String expected;

  /**
   * A wish.
   *
   * @param option how users write it
   * @param expected what a kind that does not take it wants instead; %s stands for the kinds that
   *     do
   */
  SourceWish(String option, String expected) {
    this.option = option;
    this.expected = expected;
  }

  /**
   * Refuses the wish for a source that does not take it.
   *
   * @param found what was asked, or of whom, for the error
   * @throws IllegalArgumentException one line that names the option
   */
  public void requireTakenBy(SourceSpec spec, Object found) {
    if (!spec.kind().takes().contains(this)) {
      String instead = String.format(expected, SourceKinds.thatTake(this));
      throw new IllegalArgumentException(option + ": expected " + instead + ", found " + found);
    }
  }
}
