package org.frameline.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.frameline.cli.page.Figures;

/** The figures of one section as rows of text, the first with names. Without state. */
final class SectionTable {
  private SectionTable() {}

  /** One row per circumstance, one column per value of the section's column key. */
  static List<String[]> rows(Section section, List<Measurement> figures) {
    List<String> columns = figures.stream().map(Measurement::column).distinct().toList();
    List<String[]> rows = new ArrayList<>();
    rows.add(head(section, columns));
    for (List<String> row : figures.stream().map(Measurement::row).distinct().toList()) {
      List<String> cells = new ArrayList<>(row);
      for (String column : columns) {
        cells.add(
            figures.stream()
                .filter(figure -> figure.row().equals(row) && figure.column().equals(column))
                .findFirst()
                .map(SectionTable::cell)
                .orElse("-"));
      }
      rows.add(cells.toArray(String[]::new));
    }
    return rows;
  }

  private static String[] head(Section section, List<String> columns) {
    List<String> names = new ArrayList<>(section.rows());
    names.replaceAll(key -> key.replace('_', ' '));
    for (String column : columns) {
      names.add(name(section, column));
    }
    return names.toArray(String[]::new);
  }

  private static String name(Section section, String column) {
    return switch (section) {
      case TRANSPORT -> column + (column.equals("1") ? " subscriber" : "");
      case FFT -> column;
      default -> section.unit().isEmpty() ? "bytes/s" : section.unit() + "/s";
    };
  }

  /** Median, spread, and bytes. */
  private static String cell(Measurement figure) {
    String bytes = Figures.megabytesPerSecond(figure.bytesPerSecond());
    String spread = String.format(Locale.ROOT, "±%.0f%%", 100 * figure.perSecond().relative());
    return figure.section().unit().isEmpty()
        ? bytes + " " + spread
        : Figures.brief(figure.perSecond().median()) + " " + spread + " " + bytes;
  }
}
