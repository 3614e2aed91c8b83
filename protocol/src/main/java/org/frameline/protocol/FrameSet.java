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

    /** The first number behind it. */
    public long end() {
      return first + count;
    }

    /** First and count, as it travels and stands in reports. */
    public List<Long> toPair() {
      return List.of(first, count);
    }
  }

  /** First frame of each run to the first frame after it. */
  private final TreeMap<Long, Long> runs = new TreeMap<>();

  private long size;

  /** Adds a frame; false when it was there already. */
  public boolean add(long frame) {
    return add(frame, frame + 1) > 0;
  }

  /** Adds all frames of a run; how many of them were not there already. */
  public long add(Run run) {
    return add(run.first(), run.end());
  }

  /** Adds all frames of another set. */
  public void addAll(FrameSet other) {
    other.runs.forEach(this::add);
  }

  /** What it overlaps or touches becomes one run with it. */
  private long add(long first, long end) {
    long newFirst = first;
    long newEnd = end;
    long there = 0;
    Map.Entry<Long, Long> other = runs.floorEntry(end);
    while (other != null && other.getValue() >= first) {
      newFirst = Math.min(newFirst, other.getKey());
      newEnd = Math.max(newEnd, other.getValue());
      there += other.getValue() - other.getKey();
      runs.remove(other.getKey());
      other = runs.lowerEntry(other.getKey());
    }
    runs.put(newFirst, newEnd);
    long added = newEnd - newFirst - there;
    size += added;
    return added;
  }

  /** Whether a frame is in the set. */
  public boolean contains(long frame) {
    Map.Entry<Long, Long> run = runs.floorEntry(frame);
    return run != null && frame < run.getValue();
  }

  /** Takes out all frames from this number on; how many there were. */
  public long removeFrom(long first) {
    long before = size;
    Map.Entry<Long, Long> across = runs.lowerEntry(first);
    if (across != null && across.getValue() > first) {
      size -= across.getValue() - first;
      runs.put(across.getKey(), first);
    }
    Map<Long, Long> above = runs.tailMap(first, true);
    above.forEach((begin, end) -> size -= end - begin);
    above.clear();
    return before - size;
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
