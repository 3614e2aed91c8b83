package org.frameline.analysis.spectrum;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.frameline.analysis.plot.Chart;

/** The pictures of a spectrum. Without state. */
final class SpectrumPlots {
  private static final String SPECTRUM = "spectrum";
  private static final String RADIAL = "radial";
  private static final String PEAK = "peak";

  /** The names of the pictures, without ending. */
  static final List<String> NAMES = List.of(SPECTRUM, RADIAL, PEAK);

  private static final double NS_PER_S = 1e9;

  private SpectrumPlots() {}

  /** PNG files by name, without ending. */
  static Map<String, byte[]> pictures(Spectra spectra) {
    Map<String, byte[]> pictures = new LinkedHashMap<>();
    pictures.put(SPECTRUM, Chart.png(SpectrumPicture.of(spectra.mean(), spectra.peaks())));
    pictures.put(RADIAL, radial(Profile.radial(spectra.mean())));
    pictures.put(PEAK, peak(spectra));
    return pictures;
  }

  private static byte[] radial(Profile profile) {
    // What is zero, or not there, has no logarithm.
    double[] power =
        Arrays.stream(profile.power()).map(value -> value > 0 ? value : Double.NaN).toArray();
    Chart chart = new Chart("Mean power over direction", "cycles per pixel", "power");
    chart.line("power", profile.positions(), power);
    return Arrays.stream(power).allMatch(Double::isNaN) ? chart.png() : chart.logarithmic().png();
  }

  private static byte[] peak(Spectra spectra) {
    Spectra.Series series = spectra.series();
    boolean isTimed = series.timesNs[0] != 0;
    double[] along = new double[series.numbers.length];
    for (int i = 0; i < along.length; i++) {
      along[i] = isTimed ? (series.timesNs[i] - series.timesNs[0]) / NS_PER_S : series.numbers[i];
    }
    String name = isTimed ? "seconds since the first frame" : "frame number";
    return new Chart("Strongest line of each frame", name, "cycles per pixel")
        .points("along a row", along, perFrame(series, Peak::fx))
        .points("down a column", along, perFrame(series, Peak::fy))
        .png();
  }

  private static double[] perFrame(Spectra.Series series, ToDoubleFunction<Peak> value) {
    return Arrays.stream(series.strongest)
        .mapToDouble(peak -> peak == null ? Double.NaN : value.applyAsDouble(peak))
        .toArray();
  }
}
