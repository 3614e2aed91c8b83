package org.frameline.protocol;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.frameline.protocol.StreamMessage.Reference;

/**
 * References that wait to be sent in one message, while their sender has more to do. Waking two
 * threads in each program costs more than what is in a message. Pure logic, times are monotonic
 * nanoseconds; not thread-safe.
 */
public final class GatheredReferences {
  public static final int MOST = 4;

  /** None waits longer for others than this. */
  public static final Duration LONGEST = Duration.ofMillis(5);

  private final List<Reference> waiting = new ArrayList<>();
  private long sinceNs;

  /** One more, to be sent after those that wait. */
  public void add(Reference reference, long nowNs) {
    if (waiting.isEmpty()) {
      sinceNs = nowNs;
    }
    waiting.add(reference);
  }

  /**
   * Whether those that wait should be sent.
   *
   * @param most how many their receiver takes in one message
   * @param nextNs when the next one will be there, at a guess
   */
  public boolean isDue(long most, long nextNs) {
    return !waiting.isEmpty()
        && (waiting.size() >= Math.min(MOST, most) || nextNs - sinceNs > LONGEST.toNanos());
  }

  /** All that wait, out of here. */
  public List<Reference> take() {
    List<Reference> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }
}
