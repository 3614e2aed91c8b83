package org.frameline.publisher;

import java.util.Optional;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.Outage;

/**
 * How often the camera was gone in a stream. Immutable.
 *
 * @param count how often it has come back
 * @param totalMs how long it was gone in all, milliseconds
 * @param last the last time
 */
record Outages(int count, long totalMs, Optional<Outage> last) {
  static final Outages NONE = new Outages(0, 0, Optional.empty());

  /** These, and one more. */
  Outages and(Outage outage) {
    return new Outages(count + 1, totalMs + outage.durationMs(), Optional.of(outage));
  }

  /** What every frame says of them from now on. */
  FrameHeader mark(FrameHeader header) {
    return last.map(outage -> outage.mark(header, count)).orElse(header);
  }
}
