package org.frameline.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A set of frame numbers, kept as runs, so that memory grows with the number of holes and not with
 * the number of frames. Not thread-safe.
 */
public final class FrameSet {
  /**
   * Consecutive frame numbers.
   *
   * @param first the first of them
   * @param count how many, at least 1
   */
  public record Run(long first, long count) {
    public Run {
      if (first < 0 || count < 1) {
        throw new IllegalArgumentException(
            "expected first >= 0 and count >= 1, found first=" + first + " count=" + count);
      }
    }
  }

  /** First frame of each run to the first frame after it. */
  private final TreeMap<Long, Long> runs = new TreeMap<>();

  private long size;

  /** Adds a frame; false when it was there already. */
  public boolean add(long frame) {
    Map.Entry<Long, Long> before = runs.floorEntry(frame);
    if (before != null && before.getValue() > frame) {
      return false;
    }
    Long end = runs.remove(frame + 1);
    long newEnd = end == null ? frame + 1 : end;
    if (before != null && before.getValue() == frame) {
      runs.put(before.getKey(), newEnd);
    } else {
      runs.put(frame, newEnd);
    }
    size++;
    return true;
  }

  /** How many frames are in the set. */
  public long size() {
    return size;
  }

  /** The frame numbers from {@code from} up to and without {@code to} that are not in the set. */
  public List<Run> missing(long from, long to) {
    List<Run> holes = new ArrayList<>();
    long next = from;
    for (Map.Entry<Long, Long> run : runs.entrySet()) {
      if (run.getKey() >= to) {
        break;
      }
      if (run.getKey() > next) {
        holes.add(new Run(next, run.getKey() - next));
      }
      next = Math.max(next, run.getValue());
    }
    if (next < to) {
      holes.add(new Run(next, to - next));
    }
    return holes;
  }

  /**
   * What is in the set from a number on, ascending.
   *
   * @param most so many runs are returned; there may be more
   */
  public List<Run> runsFrom(long from, int most) {
    List<Run> found = new ArrayList<>();
    Map.Entry<Long, Long> run = runs.floorEntry(from);
    if (run == null || run.getValue() <= from) {
      run = runs.higherEntry(from);
    }
    while (run != null && found.size() < most) {
      long first = Math.max(from, run.getKey());
      found.add(new Run(first, run.getValue() - first));
      run = runs.higherEntry(run.getKey());
    }
    return found;
  }

  /** The lowest number in the set, 0 when it is empty. */
  public long first() {
    return runs.isEmpty() ? 0 : runs.firstKey();
  }

  /** The number after the highest in the set, 0 when it is empty. */
  public long end() {
    return runs.isEmpty() ? 0 : runs.lastEntry().getValue();
  }
}
