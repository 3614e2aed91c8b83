package org.frameline.analysis.export;

import java.awt.image.BufferedImage;
import java.util.Map;

/**
 * Digits and the few letters of labels, five by seven dots each: a Java without a screen often has
 * no font at all. Without state.
 */
final class Glyphs {
  /** Height of a line in dots, without the gap to the next. */
  static final int HEIGHT = 7;

  private static final int WIDTH = 5;
  private static final int STEP = WIDTH + 1;

  /** Column by column from the left, a byte each; its lowest bit is the topmost dot. */
  private static final Map<Character, Long> COLUMNS =
      Map.ofEntries(
          Map.entry('0', 0x3E5149453EL),
          Map.entry('1', 0x00427F4000L),
          Map.entry('2', 0x4261514946L),
          Map.entry('3', 0x2141454B31L),
          Map.entry('4', 0x1814127F10L),
          Map.entry('5', 0x2745454539L),
          Map.entry('6', 0x3C4A494930L),
          Map.entry('7', 0x0171090503L),
          Map.entry('8', 0x3649494936L),
          Map.entry('9', 0x064949291EL),
          Map.entry('.', 0x0060600000L),
          Map.entry('-', 0x0808080808L),
          Map.entry('a', 0x2054545478L),
          Map.entry('e', 0x3854545418L),
          Map.entry('f', 0x087E090102L),
          Map.entry('m', 0x7C04180478L),
          Map.entry('r', 0x7C08040408L),
          Map.entry('s', 0x4854545420L),
          Map.entry(' ', 0x0000000000L));

  private Glyphs() {}

  /** How wide a text gets, in dots. */
  static int width(String text) {
    return text.length() * STEP - 1;
  }

  /**
   * Draws a text.
   *
   * @param left where it begins
   * @param top where it begins
   * @param scale pixels per dot
   */
  static void draw(BufferedImage image, String text, int left, int top, int scale, int rgb) {
    for (int i = 0; i < text.length(); i++) {
      Long columns = COLUMNS.get(text.charAt(i));
      if (columns == null) {
        throw new IllegalArgumentException("expected a label of digits, found \"" + text + "\"");
      }
      for (int x = 0; x < WIDTH; x++) {
        long dots = columns >> (Byte.SIZE * (WIDTH - 1 - x));
        for (int y = 0; y < HEIGHT; y++) {
          if (((dots >> y) & 1) != 0) {
            fill(image, left + (i * STEP + x) * scale, top + y * scale, scale, rgb);
          }
        }
      }
    }
  }

  private static void fill(BufferedImage image, int left, int top, int size, int rgb) {
    for (int y = top; y < Math.min(top + size, image.getHeight()); y++) {
      for (int x = left; x < Math.min(left + size, image.getWidth()); x++) {
        image.setRGB(x, y, rgb);
      }
    }
  }
}
