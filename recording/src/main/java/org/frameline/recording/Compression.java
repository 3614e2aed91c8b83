package org.frameline.recording;

import java.util.Locale;

/** How the pixels are stored. */
public enum Compression {
  /** As they came. */
  NONE,
  /** HDF5's own shuffle and deflate filters, level 1, which every HDF5 reader has built in. */
  GZIP;

  /**
   * The one of a name.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  public static Compression of(String name) {
    try {
      return valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("expected none or gzip, found \"" + name + "\"", e);
    }
  }
}
