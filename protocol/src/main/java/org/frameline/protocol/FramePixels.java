package org.frameline.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The pixels of one frame, in C order, little endian, lent for a call: in memory of this process,
 * or in a ring of another one, which overwrites them when it needs their place and may take the
 * whole ring away at any moment. What was done with pixels in a ring is worth something only if
 * {@link #isWhole} says so afterwards. Belongs to the thread that was called.
 */
public interface FramePixels {
  /** Whether they are in a ring; if not they stay as they are, and Java may read them. */
  boolean isInRing();

  /** Whether all of them are there, and until now nobody has overwritten any. */
  boolean isWhole();

  /** How many bytes they are. */
  int bytes();

  /**
   * Where they are, from position to limit. Those in a ring are for the system to read, as in
   * {@link java.nio.channels.FileChannel#write}, never for Java or native code: the memory may be
   * gone.
   *
   * @throws IOException when they are gone
   */
  ByteBuffer pixels() throws IOException;

  /**
   * Copies them.
   *
   * @param destination takes them from its position on, which stays
   * @return false when they were overwritten; the destination is undefined then
   */
  boolean copyTo(ByteBuffer destination);

  /** Those between position and limit of memory that nobody writes to meanwhile. */
  static FramePixels of(ByteBuffer memory) {
    return new OwnPixels(memory);
  }
}
