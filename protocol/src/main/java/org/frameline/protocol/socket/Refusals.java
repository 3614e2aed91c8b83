package org.frameline.protocol.socket;

import java.util.HashSet;
import java.util.Set;
import org.frameline.protocol.MalformedMessageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what one socket refuses, and logs the first of each kind of fault. Kinds come from the
 * format, not from the messages, so they are few; after {@value #MOST_KINDS} nothing is logged. Not
 * thread-safe.
 */
public final class Refusals {
  private static final int MOST_KINDS = 100;
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private final String what;
  private final Set<String> kinds = new HashSet<>();
  private long count;

  /**
   * None yet.
   *
   * @param what is refused and from where, for instance {@code a task from tcp://127.0.0.1:5560}
   */
  public Refusals(String what) {
    this.what = what;
  }

  public void add(MalformedMessageException fault) {
    add(fault.where(), fault.getMessage());
  }

  /** Counts one; logs {@code why} when it is the first of its kind. */
  public void add(String kind, String why) {
    count++;
    if (kinds.size() < MOST_KINDS && kinds.add(kind)) {
      LOG.warn("dropped {}: {}", what, why);
    }
  }

  public long count() {
    return count;
  }
}
