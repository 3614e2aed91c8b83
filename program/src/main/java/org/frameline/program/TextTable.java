package org.frameline.program;

import java.util.List;
import org.frameline.protocol.Printable;

/**
 * Columns of text for people, each as wide as its widest cell. What a cell says is {@link
 * Printable}, and not all of it where it is very long: it makes all lines as wide. Immutable.
 */
public final class TextTable {
  private static final int LONGEST_CELL = 300;

  private final int[] widths;

  /** For these rows, which all have as many cells. */
  public TextTable(List<String[]> rows) {
    widths = new int[rows.isEmpty() ? 0 : rows.get(0).length];
    for (String[] cells : rows) {
      for (int i = 0; i < cells.length; i++) {
        widths[i] = Math.max(widths[i], cell(cells[i]).length());
      }
    }
  }

  /** One row: the first cell to the left, all others, which are numbers mostly, to the right. */
  public String line(String[] cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String cell = cell(cells[i]);
      String padding = " ".repeat(widths[i] - cell.length());
      line.append(i == 0 ? cell + padding : "  " + padding + cell);
    }
    return line.toString().stripTrailing();
  }

  private static String cell(String text) {
    return Printable.line(text, LONGEST_CELL);
  }
}
