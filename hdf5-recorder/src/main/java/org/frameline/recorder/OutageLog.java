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

  /** The outage that is news with the next frame's header. */
  Optional<Outage> newsIn(FrameHeader header) {
    boolean first = isFirst(header);
    if (reconnectsIn(header) <= before(header)) {
      return Optional.empty();
    }
    // What was before the first frame that is recorded is none of its business.
    return Outage.lastIn(header).filter(outage -> !first || outage.frame() >= header.frame());
  }

  /** Takes a frame's header, with which the same is no news any more, and returns what was. */
  Optional<Outage> take(FrameHeader header) {
    Optional<Outage> news = newsIn(header);
    news.ifPresent(outage -> count++);
    reconnects = reconnectsIn(header);
    stream = header.stream();
    return news;
  }

  private long reconnectsIn(FrameHeader header) {
    return header.number(FrameHeader.RECONNECTS).orElse(before(header));
  }

  private long before(FrameHeader header) {
    return isFirst(header) ? 0 : reconnects;
  }

  private boolean isFirst(FrameHeader header) {
    return !header.stream().equals(stream);
  }

  /** How many there were. */
  long count() {
    return count;
  }
}
