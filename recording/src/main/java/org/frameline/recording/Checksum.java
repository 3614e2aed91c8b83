package org.frameline.recording;

import java.util.Locale;

/** How chunks are protected against bits that flip on the disk or on a copy's way. */
public enum Checksum {
  /** Not at all. */
  NONE(0),
  /** HDF5's own fletcher32 filter, 4 bytes per chunk, which every HDF5 library verifies. */
  FLETCHER32(Integer.BYTES);

  /** What a recording has unless something else is asked for. */
  public static final Checksum DEFAULT = NONE;

  private final int bytes;

  Checksum(int bytes) {
    this.bytes = bytes;
  }

  /**
   * The one of a name.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  public static Checksum of(String name) {
    try {
      return valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("expected fletcher32 or none, found \"" + name + "\"", e);
    }
  }

  /** As {@link #of} knows it. */
  public String optionName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Bytes that it appends to a chunk. */
  public int bytes() {
    return bytes;
  }
}
