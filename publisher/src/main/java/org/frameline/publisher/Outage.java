package org.frameline.publisher;

import java.util.Map;
import org.frameline.protocol.FrameHeader;

/**
 * A time in which the camera was gone. Immutable.
 *
 * @param count how often it has come back in this stream, this time included
 * @param frame number of the first frame after it
 * @param durationMs milliseconds between that frame and the one before
 * @param totalMs the same for all outages of this stream together
 */
record Outage(int count, long frame, long durationMs, long totalMs) {
  static final Outage NONE = new Outage(0, 0, 0, 0);

  /** The one that follows this one. */
  Outage next(long nextFrame, long nextDurationMs) {
    return new Outage(count + 1, nextFrame, nextDurationMs, totalMs + nextDurationMs);
  }

  /** What every frame after it says of it, so that it is known even if some of them are lost. */
  FrameHeader mark(FrameHeader header) {
    return header.with(
        Map.of(
            FrameHeader.RECONNECTS,
            count,
            FrameHeader.OUTAGE_FRAME,
            frame,
            FrameHeader.OUTAGE_MS,
            durationMs));
  }
}
