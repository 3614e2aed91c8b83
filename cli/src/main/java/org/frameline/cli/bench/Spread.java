package org.frameline.cli.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What repeated measurements of one thing gave. Immutable.
 *
 * @param low first quartile
 * @param high third quartile
 * @param samples how many measurements, from 1
 */
record Spread(double median, double low, double high, int samples) {
  /**
   * Of at least one value; between two values quartiles are interpolated, as {@code
   * numpy.percentile} does.
   */
  static Spread of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Spread(at(sorted, 0.5), at(sorted, 0.25), at(sorted, 0.75), sorted.length);
  }

  private static double at(double[] sorted, double fraction) {
    double place = fraction * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** Half the distance of the quartiles, compared with the median. */
  double relative() {
    return median > 0 ? (high - low) / 2 / median : 0;
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("median", median);
    json.put("low", low);
    json.put("high", high);
    json.put("samples", samples);
    return json;
  }
}
