package org.sparkvae.job.report.summary;

import java.util.List;

/** Cells as lines of text, each column as wide as its widest cell. */
public final class TextTable {
  private static final String BETWEEN = "  ";

  private TextTable() {}

  /**
   * A line for each row; the first column begins at the left, and the others end at the right.
   *
   * @param rows as many cells each
   */
  public static List<String> lines(List<List<String>> rows) {
    List<StringBuilder> lines = rows.stream().map(row -> new StringBuilder()).toList();
    int columns = rows.isEmpty() ? 0 : rows.get(0).size();
    for (int column = 0; column < columns; column++) {
      int at = column;
      int width = rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
      for (int row = 0; row < rows.size(); row++) {
        String cell = rows.get(row).get(column);
        String blanks = " ".repeat(width - cell.length());
        lines.get(row).append(column == 0 ? cell + blanks : BETWEEN + blanks + cell);
      }
    }
    return lines.stream().map(StringBuilder::toString).toList();
  }
}
