package org.frameline.analysis.images;

/** The images that are wanted and there, in their order. Immutable. */
public final class ChosenFrames {
  private final int[] rows;
  private final long missing;
  private final long firstMissing;

  /**
   * What was chosen.
   *
   * @param rows where the images are in the series; not to be changed any more
   * @param missing how many wanted numbers are not there, from the first of the file to the last
   *     that is there or listed as missing
   * @param firstMissing the first of them, -1 when there is none
   */
  ChosenFrames(int[] rows, long missing, long firstMissing) {
    this.rows = rows;
    this.missing = missing;
    this.firstMissing = firstMissing;
  }

  public int count() {
    return rows.length;
  }

  /** Where one of them is in the series. */
  public int row(int index) {
    return rows[index];
  }

  /** How many wanted numbers of the file are not there. */
  public long missing() {
    return missing;
  }

  /** The first of them, -1 when there is none. */
  public long firstMissing() {
    return firstMissing;
  }

  /** At most so many of them, evenly spread, the first and the last among them. */
  public ChosenFrames spread(int most) {
    if (rows.length <= most) {
      return this;
    }
    int[] some = new int[most];
    for (int i = 0; i < most; i++) {
      some[i] = rows[most == 1 ? 0 : (int) ((long) i * (rows.length - 1) / (most - 1))];
    }
    return new ChosenFrames(some, missing, firstMissing);
  }
}
