package org.frameline.protocol;

/**
 * The colours that the pixels of a sensor see, by the first two of its first row, as in the names
 * of PFNC: {@code RG} is red, green, and in the second row green, blue.
 */
public enum ColourFilter {
  /** All pixels see the same. */
  NONE,
  RG,
  GR,
  GB,
  BG
}
