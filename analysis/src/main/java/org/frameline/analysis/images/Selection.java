package org.frameline.analysis.images;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Which images are wanted, by the numbers they have in the file. Immutable.
 *
 * @param from the first number; empty for the first there is
 * @param to the last number, itself included; empty for the last there is
 * @param every take every so many numbers, counted from {@code from}
 */
public record Selection(OptionalLong from, OptionalLong to, long every) {
  public Selection {
    if (every < 1) {
      throw new IllegalArgumentException("--every: expected 1 or more, found " + every);
    }
    if (from.isPresent() && to.isPresent() && from.getAsLong() > to.getAsLong()) {
      throw new IllegalArgumentException(
          "--to: expected a frame from " + from.getAsLong() + " on, found " + to.getAsLong());
    }
  }

  /** Looks for them. */
  public ChosenFrames in(FrameSeries series) {
    int frames = series.frames();
    if (frames == 0) {
      return new ChosenFrames(new int[0], 0, -1);
    }
    long begin = from.orElse(series.number(0));
    int[] rows = new int[frames];
    int count = 0;
    long missing = 0;
    long firstMissing = -1;
    // Numbers before those of the file are outside of the recording; they are not missing in it.
    long next = begin + roundUp(Math.max(0, series.number(0) - begin));
    for (int row = 0; row < frames && series.number(row) <= to.orElse(Long.MAX_VALUE); row++) {
      long number = series.number(row);
      if (number >= next) {
        long holes = roundUp(number - next) / every;
        if (holes > 0 && missing == 0) {
          firstMissing = next;
        }
        missing += holes;
        next += holes * every;
        if (number == next) {
          rows[count++] = row;
          next += every;
        }
      }
    }
    // Behind the last row are those that the recording knows of.
    long end = Math.min(to.orElse(Long.MAX_VALUE), series.endNumber());
    if (next <= end) {
      firstMissing = missing == 0 ? next : firstMissing;
      missing += (end - next) / every + 1;
    }
    return new ChosenFrames(Arrays.copyOf(rows, count), missing, firstMissing);
  }

  /** The multiple of {@code every} that is not below. */
  private long roundUp(long numbers) {
    return (numbers + every - 1) / every * every;
  }
}
