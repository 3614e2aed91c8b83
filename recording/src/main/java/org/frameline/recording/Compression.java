package org.frameline.recording;

/** How the pixels are stored. */
public enum Compression {
  /** As they came. */
  NONE,
  /** HDF5's own shuffle and deflate filters, level 1, which every HDF5 reader has built in. */
  GZIP
}
