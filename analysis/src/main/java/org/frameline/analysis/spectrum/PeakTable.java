package org.frameline.analysis.spectrum;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.frameline.program.TextTable;

/** Lines of the mean spectrum, for people. Without state. */
final class PeakTable {
  private PeakTable() {}

  /** A heading and a line for each. */
  static List<String> lines(SpectrumConfig config, Spectra spectra) {
    boolean perMetre = config.pixelMetres().isPresent();
    List<String[]> rows = new ArrayList<>();
    List<String> heading =
        new ArrayList<>(
            List.of(
                "cycles/pixel",
                "period (pixels)",
                "angle (degrees)",
                "cycles/width",
                "cycles/height",
                "power"));
    if (perMetre) {
      heading.add(1, "cycles/metre");
    }
    rows.add(heading.toArray(String[]::new));
    for (Peak peak : spectra.peaks()) {
      List<String> cells =
          new ArrayList<>(
              List.of(
                  format("%.6f", peak.frequency()),
                  format("%.3f", 1 / peak.frequency()),
                  format("%.2f", peak.angle()),
                  format("%.3f", peak.fx() * spectra.region().width()),
                  format("%.3f", peak.fy() * spectra.region().height()),
                  format("%.3e", peak.power())));
      if (perMetre) {
        cells.add(1, format("%.1f", peak.frequency() / config.pixelMetres().getAsDouble()));
      }
      rows.add(cells.toArray(String[]::new));
    }
    TextTable table = new TextTable(rows);
    return rows.stream().map(table::line).toList();
  }

  private static String format(String format, double number) {
    return String.format(Locale.ROOT, format, number);
  }
}
