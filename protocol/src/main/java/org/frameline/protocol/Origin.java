package org.frameline.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a recording says about a frame that is sent from it again: the number and time that it had
 * there, which travel beside its new ones. Immutable.
 *
 * @param frame its number in the recording, or {@link #UNKNOWN}
 * @param timestampNs when the camera's grab returned, UTC epoch nanoseconds, or {@link #UNKNOWN}
 */
public record Origin(long frame, long timestampNs) {

  public static final long UNKNOWN = Long.MIN_VALUE;

  /** Of a frame that comes from a camera. */
  public static final Origin NONE = new Origin(UNKNOWN, UNKNOWN);

  /** What a header tells; a number that is none counts as unknown. */
  public static Origin of(FrameHeader header) {
    long frame =
        header.number(FrameHeader.RECORDED_FRAME).filter(number -> number >= 0).orElse(UNKNOWN);
    long timestampNs = header.number(FrameHeader.RECORDED_TIMESTAMP_NS).orElse(UNKNOWN);
    return frame == UNKNOWN && timestampNs == UNKNOWN ? NONE : new Origin(frame, timestampNs);
  }

  public boolean hasFrame() {
    return frame != UNKNOWN;
  }

  public boolean hasTimestamp() {
    return timestampNs != UNKNOWN;
  }

  /** Whether both are known, or unknown, of the same things. */
  public boolean sameKindAs(Origin other) {
    return hasFrame() == other.hasFrame() && hasTimestamp() == other.hasTimestamp();
  }

  /** The header with the keys that tell it. */
  public FrameHeader mark(FrameHeader header) {
    if (!hasFrame() && !hasTimestamp()) {
      return header;
    }
    Map<String, Object> keys = new LinkedHashMap<>();
    if (hasFrame()) {
      keys.put(FrameHeader.RECORDED_FRAME, frame);
    }
    if (hasTimestamp()) {
      keys.put(FrameHeader.RECORDED_TIMESTAMP_NS, timestampNs);
    }
    return header.with(keys);
  }
}
