package org.frameline.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.frameline.protocol.StreamMessage.Reference;

/**
 * References to results that wait to be sent in one message, while the worker has more to do.
 * Waking two threads in each program costs more than what is in a message. Pure logic, times are
 * monotonic nanoseconds; not thread-safe.
 */
final class GatheredResults {
  static final int MOST = 4;

  /** No result waits longer for others than this. */
  static final Duration LONGEST = Duration.ofMillis(5);

  private final List<Reference> waiting = new ArrayList<>();
  private long sinceNs;

  void add(Reference reference, long nowNs) {
    if (waiting.isEmpty()) {
      sinceNs = nowNs;
    }
    waiting.add(reference);
  }

  /**
   * Whether those that wait should be sent.
   *
   * @param most how many the sink takes in one message
   * @param nextNs when the next result will be there, at a guess
   */
  boolean isDue(long most, long nextNs) {
    return !waiting.isEmpty()
        && (waiting.size() >= Math.min(MOST, most) || nextNs - sinceNs > LONGEST.toNanos());
  }

  /** All that wait, out of here. */
  List<Reference> take() {
    List<Reference> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }
}
