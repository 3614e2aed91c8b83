package org.frameline.recorder;

import java.util.Optional;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.Outage;

/**
 * Finds in the headers when the camera was gone. Every frame after an outage tells of the last one,
 * so it is known even if the first frame after it is lost. Not thread-safe.
 */
final class OutageLog {
  private String stream = "";
  private long reconnects;
  private long count;

  /** Takes the next frame's header; the outage that is news with it. */
  Optional<Outage> observe(FrameHeader header) {
    boolean first = !header.stream().equals(stream);
    long before = first ? 0 : reconnects;
    stream = header.stream();
    reconnects = header.number(FrameHeader.RECONNECTS).orElse(before);
    if (reconnects <= before) {
      return Optional.empty();
    }
    // What was before the first frame that is recorded is none of its business.
    Optional<Outage> news =
        Outage.lastIn(header).filter(outage -> !first || outage.frame() >= header.frame());
    news.ifPresent(outage -> count++);
    return news;
  }

  /** How many there were. */
  long count() {
    return count;
  }
}
