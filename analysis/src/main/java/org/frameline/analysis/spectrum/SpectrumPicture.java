package org.frameline.analysis.spectrum;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.frameline.analysis.picture.Viridis;

/** The mean power over the half plane of frequencies, in colours, with its axes. Without state. */
final class SpectrumPicture {
  private static final int LEFT = 80;
  private static final int TOP = 40;
  private static final int RIGHT = 130;
  private static final int BOTTOM = 60;
  private static final int PLOT_HEIGHT = 640;
  private static final int BAR_WIDTH = 18;
  private static final int TICK = 6;
  private static final int FONT_SIZE = 13;
  private static final int MOST_PEAKS = 5;
  private static final int CIRCLE = 14;

  /** Powers of ten that are told apart, at most. */
  private static final double DECADES = 8;

  private SpectrumPicture() {}

  static BufferedImage of(Power power, List<Peak> peaks) {
    int plotWidth = PLOT_HEIGHT / 2;
    BufferedImage image =
        new BufferedImage(
            LEFT + plotWidth + RIGHT, TOP + PLOT_HEIGHT + BOTTOM, BufferedImage.TYPE_INT_RGB);
    Graphics2D draw = image.createGraphics();
    draw.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    draw.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    draw.setColor(Color.WHITE);
    draw.fillRect(0, 0, image.getWidth(), image.getHeight());
    draw.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE));

    double most = highest(power);
    for (int y = 0; y < PLOT_HEIGHT; y++) {
      for (int x = 0; x < plotWidth; x++) {
        image.setRGB(LEFT + x, TOP + y, Viridis.rgb(shade(cell(power, x, y, plotWidth), most)));
      }
    }
    draw.setColor(Color.BLACK);
    draw.drawRect(LEFT, TOP, plotWidth, PLOT_HEIGHT);
    axes(draw, plotWidth);
    bar(draw, LEFT + plotWidth + 25, most);
    mark(draw, peaks, plotWidth);
    draw.dispose();
    return image;
  }

  private static double highest(Power power) {
    double most = 0;
    for (double value : power.values()) {
      most = Math.max(most, value);
    }
    return most;
  }

  /** The highest of the bins that a pixel covers, so that no line is lost. */
  private static double cell(Power power, int x, int y, int plotWidth) {
    int across = x * power.bins() / plotWidth;
    int acrossEnd = Math.max(across + 1, (x + 1) * power.bins() / plotWidth);
    int lowest = -((power.height() - 1) / 2);
    int down = lowest + y * power.height() / PLOT_HEIGHT;
    int downEnd = Math.max(down + 1, lowest + (y + 1) * power.height() / PLOT_HEIGHT);
    double most = 0;
    for (int ky = down; ky < downEnd; ky++) {
      for (int kx = across; kx < acrossEnd; kx++) {
        most = Math.max(most, power.at(ky, kx));
      }
    }
    return most;
  }

  private static double shade(double value, double most) {
    return value <= 0 || most <= 0 ? 0 : 1 + Math.log10(value / most) / DECADES;
  }

  private static void axes(Graphics2D draw, int plotWidth) {
    for (int i = 0; i <= 5; i++) {
      int x = LEFT + i * plotWidth / 5;
      draw.drawLine(x, TOP + PLOT_HEIGHT, x, TOP + PLOT_HEIGHT + TICK);
      centred(draw, String.format(Locale.ROOT, "%.1f", i / 10.0), x, TOP + PLOT_HEIGHT + 20);
    }
    for (int i = -5; i <= 5; i++) {
      int y = TOP + (i + 5) * PLOT_HEIGHT / 10;
      draw.drawLine(LEFT - TICK, y, LEFT, y);
      String text = String.format(Locale.ROOT, "%.1f", i / 10.0);
      draw.drawString(text, LEFT - TICK - 4 - draw.getFontMetrics().stringWidth(text), y + 5);
    }
    centred(draw, "cycles per pixel along a row", LEFT + plotWidth / 2, TOP + PLOT_HEIGHT + 45);
    centred(draw, "Mean power", LEFT + plotWidth / 2, TOP - 15);
    AffineTransform upright = draw.getTransform();
    draw.rotate(-Math.PI / 2);
    centred(draw, "cycles per pixel down a column", -(TOP + PLOT_HEIGHT / 2), 20);
    draw.setTransform(upright);
  }

  private static void centred(Graphics2D draw, String text, int x, int y) {
    draw.drawString(text, x - draw.getFontMetrics().stringWidth(text) / 2, y);
  }

  private static void bar(Graphics2D draw, int left, double most) {
    for (int y = 0; y < PLOT_HEIGHT; y++) {
      draw.setColor(new Color(Viridis.rgb(1 - (double) y / PLOT_HEIGHT)));
      draw.drawLine(left, TOP + y, left + BAR_WIDTH, TOP + y);
    }
    draw.setColor(Color.BLACK);
    draw.drawRect(left, TOP, BAR_WIDTH, PLOT_HEIGHT);
    if (most > 0) {
      double top = Math.log10(most);
      for (int decade = (int) Math.floor(top); decade > top - DECADES; decade--) {
        int y = TOP + (int) Math.round((top - decade) / DECADES * PLOT_HEIGHT);
        draw.drawLine(left + BAR_WIDTH, y, left + BAR_WIDTH + TICK, y);
        draw.drawString("1e" + decade, left + BAR_WIDTH + TICK + 4, y + 5);
      }
    }
  }

  /** Circles around the strongest lines, the strongest numbered 1. */
  private static void mark(Graphics2D draw, List<Peak> peaks, int plotWidth) {
    draw.setColor(Color.WHITE);
    draw.setStroke(new BasicStroke(1.5f));
    for (int i = 0; i < Math.min(MOST_PEAKS, peaks.size()); i++) {
      int x = LEFT + (int) Math.round(peaks.get(i).fx() * 2 * plotWidth);
      int y = TOP + (int) Math.round((peaks.get(i).fy() + 0.5) * PLOT_HEIGHT);
      draw.drawOval(x - CIRCLE / 2, y - CIRCLE / 2, CIRCLE, CIRCLE);
      draw.drawString(Integer.toString(i + 1), x + CIRCLE / 2 + 2, y - 2);
    }
  }
}
