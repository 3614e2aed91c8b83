package org.frameline.cli.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Values over time as SVG. Colours and fonts are those of the page, through the classes {@code
 * line}, {@code grid}, {@code a} and {@code b}. Without state.
 */
final class LineChart {
  private static final double WIDTH = 480;
  private static final double HEIGHT = 250;
  private static final double LEFT = 46;
  private static final double RIGHT = 12;
  private static final double TOP = 30;
  private static final double BOTTOM = 38;
  private static final double LOGARITHMIC_FROM_RATIO = 12;

  /** A curve: its name, the CSS class that colours it, and its points. */
  record Series(String name, String style, List<Point> points) {}

  /** One value; NaN leaves a gap. */
  record Point(double seconds, double value) {}

  private LineChart() {}

  /**
   * Draws.
   *
   * @param unit what is on the vertical axis
   * @param ratios whether large ratios matter, so that they are drawn logarithmically
   */
  static String svg(String unit, boolean ratios, List<Series> series) {
    List<Point> points =
        series.stream().flatMap(s -> s.points().stream()).filter(LineChart::isThere).toList();
    double last = points.stream().mapToDouble(Point::seconds).max().orElse(1);
    double highest = points.stream().mapToDouble(Point::value).max().orElse(1);
    double lowest = points.stream().mapToDouble(Point::value).min().orElse(0);
    Scale time = new Scale(0, Math.max(last, 1e-3), LEFT, WIDTH - RIGHT, false);
    boolean logarithmic = ratios && lowest > 0 && highest / lowest > LOGARITHMIC_FROM_RATIO;
    Scale values =
        logarithmic
            ? Scale.decades(lowest, highest, HEIGHT - BOTTOM, TOP)
            : Scale.fromZero(highest, HEIGHT - BOTTOM, TOP);
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s over time\">\n",
            WIDTH, HEIGHT, unit));
    text(svg, 0, 14, "start", "unit", unit + (logarithmic ? ", logarithmic" : ""));
    legend(svg, series);
    for (double mark : values.marks()) {
      double y = values.place(mark);
      svg.append(
          format(
              "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>\n",
              LEFT, WIDTH - RIGHT, y, y));
      text(svg, LEFT - 7, y + 4, "end", "mark", Scale.label(mark));
    }
    for (double mark : time.marks()) {
      text(svg, time.place(mark), HEIGHT - BOTTOM + 17, "middle", "mark", Scale.label(mark));
    }
    text(svg, WIDTH - RIGHT, HEIGHT - 4, "end", "unit", "seconds since the first frame");
    series.forEach(s -> curve(svg, s, time, values));
    return svg.append("</svg>\n").toString();
  }

  private static boolean isThere(Point point) {
    return Double.isFinite(point.value());
  }

  /** Names at the top right, from right to left. */
  private static void legend(StringBuilder svg, List<Series> series) {
    double x = WIDTH - RIGHT;
    List<Series> backwards = new ArrayList<>(series);
    Collections.reverse(backwards);
    for (Series one : backwards) {
      text(svg, x, 14, "end", "name", one.name());
      double left = x - 7.2 * one.name().length() - 6;
      svg.append(
          format(
              "<line class=\"line %s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"10\" y2=\"10\"/>\n",
              one.style(), left - 16, left));
      x = left - 32;
    }
  }

  private static void curve(StringBuilder svg, Series series, Scale time, Scale values) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (Point point : series.points()) {
      if (isThere(point)) {
        path.append(
            format(
                "%s%.1f %.1f",
                drawing ? "L" : "M", time.place(point.seconds()), values.place(point.value())));
      }
      drawing = isThere(point);
    }
    svg.append(format("<path class=\"line %s\" d=\"%s\"/>\n", series.style(), path));
    for (Point point : series.points()) {
      if (isThere(point)) {
        svg.append(
            format(
                "<circle class=\"dot %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.4\"><title>%s at %.1f s:"
                    + " %.1f</title></circle>\n",
                series.style(),
                time.place(point.seconds()),
                values.place(point.value()),
                series.name(),
                point.seconds(),
                point.value()));
      }
    }
  }

  private static void text(
      StringBuilder svg, double x, double y, String anchor, String style, String text) {
    svg.append(
        format(
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
            style, x, y, anchor, text));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
