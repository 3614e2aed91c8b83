package org.frameline.analysis.spectrum;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of an image, in pixels from its upper left corner. Immutable.
 *
 * @param x column of its left edge
 * @param y row of its upper edge
 * @param width at least {@value #SMALLEST}
 * @param height at least {@value #SMALLEST}
 */
record Region(int x, int y, int width, int height) {
  static final int SMALLEST = 4;

  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,6}),(\\d{1,6}),(\\d{1,6})x(\\d{1,6})");

  /**
   * Reads {@code X,Y,WIDTHxHEIGHT}.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  static Region parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected X,Y,WIDTHxHEIGHT in pixels such as 100,50,256x256, found \"" + text + "\"");
    }
    return new Region(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)),
        Integer.parseInt(matcher.group(4)));
  }

  /**
   * This region, as it must lie in an image.
   *
   * @throws IllegalArgumentException when it does not, or is too small for a spectrum
   */
  Region in(int imageWidth, int imageHeight) {
    if (width < SMALLEST || height < SMALLEST) {
      throw new IllegalArgumentException(
          "expected a region of at least " + SMALLEST + "x" + SMALLEST + " pixels, found " + this);
    }
    if (x > imageWidth - width || y > imageHeight - height) {
      throw new IllegalArgumentException(
          "expected a region inside " + imageWidth + "x" + imageHeight + " pixels, found " + this);
    }
    return this;
  }

  @Override
  public String toString() {
    return x + "," + y + "," + width + "x" + height;
  }
}
