package org.frameline.cli.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * Curves as SVG. Colours and fonts are those of the page, through the classes {@code line}, {@code
 * grid}, {@code a}, {@code b} and so on. Without state.
 */
public final class LineChart {
  private static final double WIDTH = 480;
  private static final double HEIGHT = 250;
  private static final double LEFT = 46;
  private static final double RIGHT = 12;
  private static final double TOP = 30;
  private static final double BOTTOM = 38;
  private static final double LOGARITHMIC_FROM_RATIO = 12;

  /** A curve: its name, the CSS class that colours it, and its points. */
  public record Series(String name, String style, List<Point> points) {}

  /** One value; NaN leaves a gap. */
  public record Point(double at, double value) {}

  /**
   * What is along a side of the chart.
   *
   * @param unit what is counted there
   * @param ratios whether large ratios matter, so that they are drawn logarithmically
   * @param label a value in words
   */
  public record Axis(String unit, boolean ratios, DoubleFunction<String> label) {
    /** With plain numbers. */
    public Axis(String unit, boolean ratios) {
      this(unit, ratios, Scale::label);
    }

    private boolean isLogarithmic(DoubleSummaryStatistics values) {
      return ratios
          && values.getMin() > 0
          && values.getMax() / values.getMin() > LOGARITHMIC_FROM_RATIO;
    }

    private Scale across(DoubleSummaryStatistics values) {
      double last = values.getCount() == 0 ? 1 : values.getMax();
      return isLogarithmic(values)
          ? Scale.decades(values.getMin(), last, LEFT, WIDTH - RIGHT)
          : new Scale(0, Math.max(last, 1e-3), LEFT, WIDTH - RIGHT, false);
    }

    private Scale upright(DoubleSummaryStatistics values) {
      double highest = values.getCount() == 0 ? 1 : values.getMax();
      return isLogarithmic(values)
          ? Scale.decades(values.getMin(), highest, HEIGHT - BOTTOM, TOP)
          : Scale.fromZero(highest, HEIGHT - BOTTOM, TOP);
    }
  }

  private LineChart() {}

  /** Draws; the upright axis begins at 0 unless it is logarithmic, and so does the other. */
  public static String svg(Axis across, Axis upright, List<Series> series) {
    List<Point> points =
        series.stream().flatMap(s -> s.points().stream()).filter(LineChart::isThere).toList();
    Scale x = across.across(statistics(points, Point::at));
    Scale y = upright.upright(statistics(points, Point::value));
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s over %s\">\n",
            WIDTH, HEIGHT, upright.unit(), across.unit()));
    text(svg, 0, 14, "start", "unit", upright.unit() + (y.logarithmic() ? ", logarithmic" : ""));
    legend(svg, series);
    for (double mark : y.marks()) {
      double place = y.place(mark);
      svg.append(
          format(
              "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>\n",
              LEFT, WIDTH - RIGHT, place, place));
      text(svg, LEFT - 7, place + 4, "end", "mark", upright.label().apply(mark));
    }
    for (double mark : x.marks()) {
      text(svg, x.place(mark), HEIGHT - BOTTOM + 17, "middle", "mark", across.label().apply(mark));
    }
    text(svg, WIDTH - RIGHT, HEIGHT - 4, "end", "unit", across.unit());
    series.forEach(s -> curve(svg, s, x, y, across));
    return svg.append("</svg>\n").toString();
  }

  private static DoubleSummaryStatistics statistics(
      List<Point> points, ToDoubleFunction<Point> value) {
    return points.stream().mapToDouble(value).summaryStatistics();
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

  private static void curve(
      StringBuilder svg, Series series, Scale across, Scale upright, Axis axis) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (Point point : series.points()) {
      if (isThere(point)) {
        path.append(
            format(
                "%s%.1f %.1f",
                drawing ? "L" : "M", across.place(point.at()), upright.place(point.value())));
      }
      drawing = isThere(point);
    }
    svg.append(format("<path class=\"line %s\" d=\"%s\"/>\n", series.style(), path));
    for (Point point : series.points()) {
      if (isThere(point)) {
        svg.append(
            format(
                "<circle class=\"dot %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.4\"><title>%s, %s: %.1f"
                    + "</title></circle>\n",
                series.style(),
                across.place(point.at()),
                upright.place(point.value()),
                Template.escape(series.name()),
                axis.label().apply(point.at()),
                point.value()));
      }
    }
  }

  private static void text(
      StringBuilder svg, double x, double y, String anchor, String style, String text) {
    svg.append(
        format(
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
            style, x, y, anchor, Template.escape(text)));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
