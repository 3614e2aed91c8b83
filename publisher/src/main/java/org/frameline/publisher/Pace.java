package org.frameline.publisher;

import org.frameline.publisher.source.SourceDescription;

/**
 * How fast frames are sent. Immutable.
 *
 * @param fps frames per second, {@link Double#POSITIVE_INFINITY} for as fast as it goes, NaN for
 *     the source's own rhythm
 * @param speed how many times as fast the source's own rhythm is followed; 1 where {@code fps} is
 *     given
 */
record Pace(double fps, double speed) {

  /** The source's own rhythm. */
  static final Pace OWN = new Pace(Double.NaN, 1);

  Pace {
    if (fps <= 0) {
      throw new IllegalArgumentException("--fps: expected a number above 0 or max, found " + fps);
    }
    if (!(speed > 0 && Double.isFinite(speed))) {
      throw new IllegalArgumentException("--speed: expected a number above 0, found " + speed);
    }
    if (!Double.isNaN(fps) && speed != 1) {
      throw new IllegalArgumentException("expected --fps or --speed, found both");
    }
  }

  /** Whether the times of a recording are followed. */
  boolean isOwn() {
    return Double.isNaN(fps);
  }

  /** Frames/s of a source, NaN where nobody says; a live camera gives the beat itself. */
  double rate(SourceDescription source) {
    return isOwn() ? source.nominalFps() * speed : fps;
  }
}
