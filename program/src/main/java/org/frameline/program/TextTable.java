package org.frameline.program;

import java.util.List;

/** Columns of text for people, each as wide as its widest cell. Immutable. */
public final class TextTable {
  private final int[] widths;

  /** For these rows, which all have as many cells. */
  public TextTable(List<String[]> rows) {
    widths = new int[rows.isEmpty() ? 0 : rows.get(0).length];
    for (String[] cells : rows) {
      for (int i = 0; i < cells.length; i++) {
        widths[i] = Math.max(widths[i], cells[i].length());
      }
    }
  }

  /** One row: the first cell to the left, all others, which are numbers mostly, to the right. */
  public String line(String[] cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String padding = " ".repeat(widths[i] - cells[i].length());
      line.append(i == 0 ? cells[i] + padding : "  " + padding + cells[i]);
    }
    return line.toString().stripTrailing();
  }
}
