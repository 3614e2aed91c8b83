package org.frameline.analysis.export;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Small pictures in a grid, each with its label below. Pictures are made smaller by a whole factor,
 * as the mean of squares, or larger by repeating pixels. Not thread-safe.
 */
final class ContactSheet {
  /** Longest side of a small picture. */
  static final int MOST_PIXELS = 256;

  /** From the edge, and between pictures. */
  static final int GAP = 8;

  // Smaller ones get larger, so that there is room for their labels.
  private static final int FEWEST_PIXELS = 96;
  private static final int LARGE_LABEL = 150;
  private static final int BACKGROUND = 0x202020;
  private static final int INK = 0xffffff;

  private final int columns;
  private final int shrink;
  private final int grow;
  private final int tileWidth;
  private final int tileHeight;
  private final int labelScale;
  private final int step;
  private final BufferedImage image;
  private int tiles;

  /**
   * An empty sheet.
   *
   * @param count how many pictures there will be
   * @param mostColumns how many side by side
   * @param width of a picture
   * @param height of a picture
   */
  ContactSheet(int count, int mostColumns, int width, int height) {
    columns = Math.min(count, mostColumns);
    int longer = Math.max(width, height);
    shrink = Math.max(1, (longer + MOST_PIXELS - 1) / MOST_PIXELS);
    grow = Math.max(1, FEWEST_PIXELS / longer);
    tileWidth = (width + shrink - 1) / shrink * grow;
    tileHeight = (height + shrink - 1) / shrink * grow;
    labelScale = tileWidth < LARGE_LABEL ? 1 : 2;
    step = tileHeight + 2 * (Glyphs.HEIGHT * labelScale + GAP / 2) + 2 * GAP;
    int rows = (count + columns - 1) / columns;
    image =
        new BufferedImage(
            GAP + columns * (tileWidth + GAP), GAP + rows * step, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, BACKGROUND);
      }
    }
  }

  /** The sheet as it is now. */
  BufferedImage image() {
    return image;
  }

  /**
   * Adds a picture with 8 bits.
   *
   * @param lines its label, two lines at most
   */
  void add(Picture picture, List<String> lines) {
    int left = GAP + (tiles % columns) * (tileWidth + GAP);
    int top = GAP + (tiles / columns) * step;
    tiles++;
    for (int y = 0; y < tileHeight; y++) {
      for (int x = 0; x < tileWidth; x++) {
        image.setRGB(left + x, top + y, mean(picture, x / grow * shrink, y / grow * shrink));
      }
    }
    int lineTop = top + tileHeight + GAP / 2;
    for (String line : lines) {
      Glyphs.draw(image, line, left, lineTop, labelScale, INK);
      lineTop += Glyphs.HEIGHT * labelScale + GAP / 2;
    }
  }

  /** The mean of a square, 0xRRGGBB; at the edges of what is left of it. */
  private int mean(Picture picture, int left, int top) {
    int right = Math.min(left + shrink, picture.width());
    int bottom = Math.min(top + shrink, picture.height());
    int pixels = (right - left) * (bottom - top);
    int rgb = 0;
    for (int channel = 0; channel < 3; channel++) {
      int from = picture.channels() == 1 ? 0 : channel;
      int sum = 0;
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          sum += picture.sample(x, y, from);
        }
      }
      rgb = (rgb << Byte.SIZE) | ((sum + pixels / 2) / pixels);
    }
    return rgb;
  }
}
