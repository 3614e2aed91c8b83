package org.frameline.recorder;

import org.frameline.protocol.FrameHeader;
import org.frameline.recording.Outage;

/**
 * Finds in the headers when the camera was gone. Every frame after an outage tells of the last one,
 * so it is known even if the first frame after it is lost. Not thread-safe.
 */
final class OutageLog {
  private String stream = "";
  private long reconnects;
  private long count;

  /** Takes the next frame's header; the outage that is news with it, or null. */
  Outage observe(FrameHeader header) {
    boolean first = !header.stream().equals(stream);
    long before = first ? 0 : reconnects;
    stream = header.stream();
    reconnects = header.number(FrameHeader.RECONNECTS).orElse(before);
    long frame = header.number(FrameHeader.OUTAGE_FRAME).orElse(-1L);
    long durationMs = header.number(FrameHeader.OUTAGE_MS).orElse(-1L);
    boolean sound = frame >= 0 && frame <= header.frame() && durationMs >= 0;
    // What was before the first frame that is recorded is none of its business.
    boolean news = reconnects > before && !(first && frame < header.frame());
    if (!sound || !news) {
      return null;
    }
    count++;
    return new Outage(frame, durationMs);
  }

  /** How many there were. */
  long count() {
    return count;
  }
}
