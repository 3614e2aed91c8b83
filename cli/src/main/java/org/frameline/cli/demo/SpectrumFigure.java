package org.frameline.cli.demo;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.frameline.analysis.picture.SpectrumPlane;
import org.frameline.cli.page.Scale;
import org.frameline.cli.picture.PngData;

/** A spectrum with its axes in cycles per image, as SVG around a PNG. Without state. */
final class SpectrumFigure {
  private static final int MOST_PIXELS = 400;
  private static final int FINE_PIXELS = 200;

  private static final double WIDTH = 480;
  private static final double LEFT = 46;
  private static final double RIGHT = 12;
  private static final double TOP = 6;
  private static final double BOTTOM = 38;

  private SpectrumFigure() {}

  /**
   * Draws.
   *
   * @param low value of the darkest colour
   * @param high value of the brightest colour
   */
  static String svg(SpectrumPlane plane, double low, double high) throws IOException {
    double width = WIDTH - LEFT - RIGHT;
    double height = width * plane.height() / plane.width();
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"spectrum\">\n",
            WIDTH, TOP + height + BOTTOM));
    svg.append(
        format(
            "<image x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\""
                + " preserveAspectRatio=\"none\" style=\"image-rendering:%s\" href=\"%s\"/>\n",
            LEFT,
            TOP,
            width,
            height,
            // Made smaller without smoothing, single bright elements would get lost.
            plane.width() < FINE_PIXELS ? "pixelated" : "auto",
            PngData.address(plane.picture(low, high, MOST_PIXELS))));
    // An element covers half a cycle on each side of its frequency.
    Scale across = axis(plane.width(), LEFT, LEFT + width);
    Scale down = axis(plane.height(), TOP, TOP + height);
    for (double mark : inside(across)) {
      double x = across.place(mark);
      double y = TOP + height;
      svg.append(tick(x, x, y, y + 4));
      svg.append(label(x, y + 17, "middle", Scale.label(mark)));
    }
    for (double mark : inside(down)) {
      double y = down.place(mark);
      svg.append(tick(LEFT - 4, LEFT, y, y));
      svg.append(label(LEFT - 7, y + 4, "end", Scale.label(mark)));
    }
    svg.append(
        format(
            "<text class=\"unit\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
            WIDTH - RIGHT, TOP + height + BOTTOM - 4, "cycles per image"));
    return svg.append("</svg>\n").toString();
  }

  private static Scale axis(int length, double from, double to) {
    double first = -(length / 2) - 0.5;
    return new Scale(first, first + length, from, to, false);
  }

  private static List<Double> inside(Scale axis) {
    return axis.marks().stream().filter(m -> m == Math.rint(m)).toList();
  }

  private static String tick(double x1, double x2, double y1, double y2) {
    return format(
        "<line class=\"tick\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>\n", x1, x2, y1, y2);
  }

  private static String label(double x, double y, String anchor, String text) {
    return format(
        "<text class=\"mark\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
        x, y, anchor, text);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
