package org.frameline.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Puts results of one stream back in the order of their frame numbers. A frame that is not there
 * when {@code capacity} later ones wait is given up. Memory is bounded by that. Not thread-safe.
 */
final class Reorder {
  private final TreeMap<Long, Result> waiting = new TreeMap<>();
  private final int capacity;
  private long next;
  private boolean begun;
  private long late;

  /**
   * An empty one.
   *
   * @param first the first frame number to wait for
   * @param capacity how many later frames may wait for an earlier one
   */
  Reorder(long first, int capacity) {
    this.next = first;
    this.capacity = capacity;
  }

  /**
   * Adds a frame that was not added before.
   *
   * @return the frames whose turn it is now, in order
   */
  List<Result> add(Result result) {
    hold(result);
    return release();
  }

  /** Adds a frame, but lets nothing go yet. */
  void hold(Result result) {
    if (result.header().frame() < next) {
      late++;
      result.release().run();
    } else {
      waiting.put(result.header().frame(), result);
    }
  }

  /** The frames whose turn it is, in order. */
  List<Result> release() {
    List<Result> due = new ArrayList<>();
    while (!waiting.isEmpty() && (waiting.firstKey() == next || waiting.size() > capacity)) {
      due.add(takeFirst());
    }
    return due;
  }

  /**
   * Frames below this number will not come any more.
   *
   * @return the frames whose turn it is now, in order
   */
  List<Result> skipTo(long number) {
    List<Result> due = new ArrayList<>();
    while (!waiting.isEmpty() && waiting.firstKey() < number) {
      due.add(takeFirst());
    }
    next = Math.max(next, number);
    due.addAll(release());
    return due;
  }

  /** Forgets what waits from this number on: it should never have come. */
  void forgetFrom(long number) {
    NavigableMap<Long, Result> strange = waiting.tailMap(number, true);
    strange.values().forEach(result -> result.release().run());
    strange.clear();
  }

  /** Starts with another number than thought, unless it has started already: then false. */
  boolean beginAt(long number) {
    if (!begun) {
      next = number;
    }
    return !begun;
  }

  /** All that still waits, in order. */
  List<Result> drain() {
    List<Result> due = new ArrayList<>();
    while (!waiting.isEmpty()) {
      due.add(takeFirst());
    }
    return due;
  }

  private Result takeFirst() {
    Result result = waiting.pollFirstEntry().getValue();
    next = result.header().frame() + 1;
    begun = true;
    return result;
  }

  boolean isFull() {
    return waiting.size() > capacity;
  }

  /** The number whose turn it is. */
  long next() {
    return next;
  }

  /** Frames that came after they were given up. */
  long late() {
    return late;
  }
}
