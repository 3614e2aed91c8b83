package org.frameline.analysis.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The pictures of a recording and what is said beside them. Without state. */
final class RecordingPlots {
  private static final int BINS = 100;
  private static final String INTERVALS = "intervals";
  private static final String JITTER = "jitter";
  private static final String GAPS = "gaps";
  private static final String INTENSITY = "intensity";

  private RecordingPlots() {}

  /** The names of the pictures, known before any frame is read. */
  static List<String> names(Series series, long every) {
    List<String> names = new ArrayList<>();
    if (hasTiming(series, every)) {
      if (new Timing(series.numbers(), series.timesNs()).count() > 0) {
        names.addAll(List.of(INTERVALS, JITTER));
      }
      names.add(GAPS);
    }
    names.add(INTENSITY);
    return names;
  }

  private static boolean hasTiming(Series series, long every) {
    return series.isTimed() && every == 1;
  }

  /**
   * The pictures by name, without ending.
   *
   * @param every how far apart the frames are by number: only frames in a row have intervals
   */
  static Map<String, byte[]> pictures(Series series, long every) {
    Map<String, byte[]> pictures = new LinkedHashMap<>();
    String along = series.isTimed() ? "seconds since the first frame" : "frame number";
    if (hasTiming(series, every)) {
      Timing timing = new Timing(series.numbers(), series.timesNs());
      if (timing.count() > 0) {
        Timing.Histogram histogram = timing.histogram(BINS);
        pictures.put(
            INTERVALS,
            new Chart("Intervals between frames", "milliseconds", "intervals")
                .bars("intervals", histogram.edgesMs(), histogram.counts())
                .png());
        pictures.put(
            JITTER,
            new Chart("Interval less its median", along, "milliseconds")
                .points("jitter", timing.secondsAt(), timing.jitterMs())
                .png());
      }
      pictures.put(GAPS, gaps(series, along));
    }
    pictures.put(
        INTENSITY,
        new Chart("Intensity", along, "value of a pixel")
            .line("largest", series.along(), series.largest())
            .line("mean", series.along(), series.mean())
            .fromZero()
            .png());
    return pictures;
  }

  /** How many frames are missing so far: a step up for each gap. */
  private static byte[] gaps(Series series, String along) {
    double[] seconds = series.along();
    List<double[]> points = new ArrayList<>();
    points.add(new double[] {seconds[0], 0});
    double missing = 0;
    for (int i = 1; i < seconds.length; i++) {
      long gap = series.numbers()[i] - series.numbers()[i - 1] - 1;
      if (gap > 0) {
        points.add(new double[] {seconds[i - 1], missing});
        missing += gap;
        points.add(new double[] {seconds[i], missing});
      }
    }
    points.add(new double[] {seconds[seconds.length - 1], missing});
    return new Chart("Missing frames so far", along, "frames")
        .line(
            "missing",
            points.stream().mapToDouble(point -> point[0]).toArray(),
            points.stream().mapToDouble(point -> point[1]).toArray())
        .fromZero()
        .png();
  }

  /** What the pictures show, in numbers. */
  static Map<String, String> figures(Series series, long every) {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("frames", Integer.toString(series.count()));
    figures.put("missing", Long.toString(series.missing()));
    if (hasTiming(series, every)) {
      Timing timing = new Timing(series.numbers(), series.timesNs());
      if (timing.count() > 0) {
        figures.put("interval, median", format("%.3f ms", timing.quantileMs(0.5)));
        figures.put("interval, mean", format("%.3f ms", timing.meanMs()));
        figures.put("interval, standard deviation", format("%.3f ms", timing.deviationMs()));
        figures.put("interval, shortest", format("%.3f ms", timing.quantileMs(0)));
        figures.put("interval, 99 %", format("%.3f ms", timing.quantileMs(0.99)));
        figures.put("interval, longest", format("%.3f ms", timing.quantileMs(1)));
      }
    }
    figures.put(
        "intensity, mean", format("%.2f", Arrays.stream(series.mean()).average().orElse(0)));
    figures.put(
        "intensity, largest", format("%.0f", Arrays.stream(series.largest()).max().orElse(0)));
    return figures;
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
