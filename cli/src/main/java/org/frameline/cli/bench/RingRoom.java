package org.frameline.cli.bench;

import java.util.OptionalLong;
import org.frameline.protocol.ring.RingDirectory;

/** How much of the frames a publisher may keep, where its ring is. Without state. */
final class RingRoom {
  /** What a publisher keeps if it is not told otherwise. */
  private static final long USUAL = 256L << 20;

  /** A publisher needs two frames, and some more to be quick. */
  private static final int FEWEST_FRAMES = 4;

  private static final int PART_OF_FREE = 2;

  private RingRoom() {}

  /**
   * Bytes for a publisher of such frames; empty when there is no room for them.
   *
   * @param frames how many it would be good to keep
   */
  static OptionalLong history(Camera camera, double frames) {
    long free =
        RingDirectory.ifAny().map(it -> it.path().toFile().getUsableSpace()).orElse(0L)
            / PART_OF_FREE;
    long fewest = FEWEST_FRAMES * camera.frameBytes();
    long wanted = Math.max(fewest, (long) (frames * camera.frameBytes()));
    return fewest > free ? OptionalLong.empty() : OptionalLong.of(Math.min(wanted, free));
  }

  /** As a publisher that is not told otherwise. */
  static OptionalLong history(Camera camera) {
    return history(camera, usualFrames(camera));
  }

  /** How many frames a publisher keeps that is not told otherwise. */
  static double usualFrames(Camera camera) {
    return (double) USUAL / camera.frameBytes();
  }
}
