package io.consigne.server.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of text in aligned columns, two spaces apart. On a terminal that is too narrow for them each
 * row goes on below its first columns, with the names of the others beside their cells; nothing is
 * left out but cells that say nothing.
 */
final class Table {
  private static final String GAP = "  ";
  private static final String INDENT = "    ";

  private final List<List<String>> rows;
  private final int[] widths;

  private Table(List<List<String>> rows) {
    this.rows = rows;
    this.widths =
        IntStream.range(0, rows.getFirst().size())
            .map(column -> rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0))
            .toArray();
  }

  /** As wide as it is. */
  static String of(List<List<String>> rows) {
    return of(rows, 0);
  }

  /**
   * For a terminal of so many columns; 0 for none.
   *
   * @param rows of equal length, the first one with the names of the columns
   */
  static String of(List<List<String>> rows, int columns) {
    var table = new Table(rows);
    int all = widths(table.widths, table.widths.length);
    return columns == 0 || all <= columns ? table.whole() : table.folded(columns);
  }

  private static int widths(int[] widths, int first) {
    return IntStream.range(0, first).map(column -> widths[column] + GAP.length()).sum()
        - GAP.length();
  }

  private String whole() {
    return String.join("\n", rows.stream().map(row -> line(row, widths.length)).toList());
  }

  private String folded(int columns) {
    int first = 1;
    while (first < widths.length && widths(widths, first + 1) <= columns) {
      first++;
    }
    var lines = new ArrayList<String>();
    lines.add(line(rows.getFirst(), first));
    for (List<String> row : rows.subList(1, rows.size())) {
      lines.add(line(row, first));
      lines.addAll(rest(row, first, columns));
    }
    return String.join("\n", lines);
  }

  private List<String> rest(List<String> row, int first, int columns) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (int column = first; column < row.size(); column++) {
      String cell = row.get(column);
      if (cell.isEmpty() || cell.equals("-")) {
        continue;
      }
      String named = rows.getFirst().get(column) + " " + cell;
      if (!line.isEmpty() && width(line.toString()) + GAP.length() + width(named) > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? INDENT : GAP).append(named);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }

  private String line(List<String> row, int first) {
    var line = new StringBuilder();
    for (int column = 0; column < first; column++) {
      String cell = row.get(column);
      line.append(cell);
      if (column < first - 1) {
        line.repeat(' ', widths[column] - width(cell) + GAP.length());
      }
    }
    return line.toString();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
