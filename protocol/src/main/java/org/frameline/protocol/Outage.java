package org.frameline.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A time in which the camera was gone. The header of every frame after it tells of it, until the
 * next, so that it is known even if some of them are lost. Immutable.
 *
 * @param frame number of the first frame after it
 * @param durationMs milliseconds between that frame and the one before
 */
public record Outage(long frame, long durationMs) {
  /** The header keys that tell of it, which are not constant within a stream. */
  public static final Set<String> KEYS =
      Set.of(FrameHeader.RECONNECTS, FrameHeader.OUTAGE_FRAME, FrameHeader.OUTAGE_MS);

  public Outage {
    if (frame < 0 || durationMs < 0) {
      throw new IllegalArgumentException(
          "expected frame and durationMs of 0 or more, found " + frame + " and " + durationMs);
    }
  }

  /** The last one that a header tells of; empty where it tells of none, or of what cannot be. */
  public static Optional<Outage> lastIn(FrameHeader header) {
    long frame = header.number(FrameHeader.OUTAGE_FRAME).orElse(-1L);
    long durationMs = header.number(FrameHeader.OUTAGE_MS).orElse(-1L);
    return frame < 0 || frame > header.frame() || durationMs < 0
        ? Optional.empty()
        : Optional.of(new Outage(frame, durationMs));
  }

  /**
   * The header with the keys that tell of it.
   *
   * @param reconnects how often the camera has come back in this stream, this time included
   */
  public FrameHeader mark(FrameHeader header, long reconnects) {
    return header.with(
        Map.of(
            FrameHeader.RECONNECTS,
            reconnects,
            FrameHeader.OUTAGE_FRAME,
            frame,
            FrameHeader.OUTAGE_MS,
            durationMs));
  }
}
