package org.frameline.recording.write;

import java.util.Objects;
import java.util.Optional;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.Origin;
import org.frameline.protocol.Outage;

/**
 * What is written down with the pixels of a frame. Immutable.
 *
 * @param number above all frame numbers of the entry so far
 * @param timestampNs UTC epoch nanoseconds
 * @param origin number and time that it had in a recording it was sent from; of the same kind for
 *     all frames of an entry
 * @param gap frames that are missing before it
 * @param outage when the camera was gone before it
 */
public record FrameNotes(
    long number,
    long timestampNs,
    Origin origin,
    Optional<FrameSet.Run> gap,
    Optional<Outage> outage) {

  public FrameNotes {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(gap, "gap");
    Objects.requireNonNull(outage, "outage");
  }

  /** Of a frame before which nothing is missing. */
  public FrameNotes(long number, long timestampNs, Origin origin) {
    this(number, timestampNs, origin, Optional.empty(), Optional.empty());
  }
}
