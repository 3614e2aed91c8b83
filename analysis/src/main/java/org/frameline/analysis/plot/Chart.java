package org.frameline.analysis.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Curves over one axis, as a picture. Used once, by one thread. */
public final class Chart {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 360;

  /** Told apart by people who see colours differently too (Okabe and Ito, 2008). */
  private static final List<Color> COLOURS =
      List.of(new Color(0x0072b2), new Color(0xd55e00), new Color(0x009e73), new Color(0xcc79a7));

  private final XYChart chart;
  private int curves;
  private double highest;

  /** Without curves yet. */
  public Chart(String title, String xTitle, String yTitle) {
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    chart
        .getStyler()
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(true)
        .setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setLegendVisible(false);
  }

  /** A line through points of ascending x. */
  public Chart line(String name, double[] x, double[] y) {
    add(name, Curve.of(x, y), XYSeries.XYSeriesRenderStyle.Line);
    return this;
  }

  /** Single points. */
  public Chart points(String name, double[] x, double[] y) {
    Curve curve = Curve.of(x, y);
    if (!curve.isEmpty()) {
      XYSeries series = add(name, curve, XYSeries.XYSeriesRenderStyle.Scatter);
      series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(series.getLineColor());
    }
    return this;
  }

  /** Bars that touch each other; each begins at its edge, and the last has no height. */
  public Chart bars(String name, double[] edges, double[] heights) {
    XYSeries series = chart.addSeries(name, edges, heights);
    series.setMarker(SeriesMarkers.NONE);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.StepArea);
    colour(series);
    return this;
  }

  /** With 0 on the upright axis, and some room above what is all zero. */
  public Chart fromZero() {
    chart.getStyler().setYAxisMin(0.0);
    if (highest <= 0) {
      chart.getStyler().setYAxisMax(1.0);
    }
    return this;
  }

  /** With powers of ten on the upright axis; every point must be above 0. */
  public Chart logarithmic() {
    chart.getStyler().setYAxisLogarithmic(true);
    return this;
  }

  private XYSeries add(String name, Curve curve, XYSeries.XYSeriesRenderStyle style) {
    if (curve.isEmpty()) {
      return null;
    }
    XYSeries series = chart.addSeries(name, curve.x(), curve.y());
    series.setMarker(SeriesMarkers.NONE);
    highest = Math.max(highest, Arrays.stream(curve.y()).max().orElse(0));
    series.setXYSeriesRenderStyle(style);
    series.setLineWidth(1.2f);
    colour(series);
    return series;
  }

  private void colour(XYSeries series) {
    Color colour = COLOURS.get(curves % COLOURS.size());
    series.setLineColor(colour);
    series.setFillColor(colour);
    curves++;
    chart.getStyler().setLegendVisible(curves > 1);
  }

  /** The picture. */
  public BufferedImage image() {
    return BitmapEncoder.getBufferedImage(chart);
  }

  /** The picture as a PNG file. */
  public byte[] png() {
    return png(image());
  }

  /** A picture as a PNG file. */
  public static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture could not be encoded", e);
    }
    return bytes.toByteArray();
  }
}
