package org.frameline.cli.bench;

import java.util.List;
import java.util.Locale;
import org.frameline.cli.page.Figures;
import org.frameline.program.TextTable;

/** A result for a terminal. Without state. */
final class ResultText {
  private static final double MS_PER_S = 1_000;

  private ResultText() {}

  static String of(Result result) {
    StringBuilder text = new StringBuilder();
    text.append(result.machine().label()).append('\n');
    text.append(
        String.format(
            Locale.ROOT,
            "%s, %s bytes a frame; medians, ± half the distance of the quartiles; %.0f s%n",
            result.camera().label(),
            Figures.count(result.camera().frameBytes()),
            result.lasted().toMillis() / MS_PER_S));
    for (Section section : Section.values()) {
      List<Measurement> figures = result.findings().of(section);
      if (!figures.isEmpty()) {
        text.append('\n').append(section.title()).append('\n');
        List<String[]> rows = SectionTable.rows(section, figures);
        TextTable table = new TextTable(rows);
        rows.forEach(row -> text.append("  ").append(table.line(row)).append('\n'));
      }
    }
    text.append('\n');
    result.findings().notes().forEach(note -> text.append("Note: ").append(note).append('\n'));
    result.sentences().forEach(sentence -> text.append(sentence).append('\n'));
    return text.toString();
  }
}
