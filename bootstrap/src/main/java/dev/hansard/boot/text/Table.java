// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Rows under titles, fitted to a terminal: first the one elastic column gives way, then columns that matter less are
 * left out. Cells are expected to be safe to print.
 */
public final class Table {
    private static final String GAP = "  ";
    private static final int LEAST_ELASTIC = 16;

    /**
     * One column.
     *
     * @param right whether its cells stand at the right, as numbers do
     * @param elastic whether its cells may be cut
     * @param rank columns with a higher one are left out first; 0 is never left out
     */
    public record Column(String title, boolean right, boolean elastic, int rank) {}

    private final List<Column> columns;
    private final int width;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param width columns of the terminal; {@link Integer#MAX_VALUE} when nothing has to fit */
    public Table(List<Column> columns, int width) {
        this.columns = List.copyOf(columns);
        this.width = width;
    }

    public void add(List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalStateException("a row has " + cells.size() + " cells, but there are " + columns.size());
        }
        rows.add(List.copyOf(cells));
    }

    /** The title line and one line for each row. */
    public List<String> lines() {
        int[] widths = natural();
        List<Integer> shown = fit(widths);
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::title).toList(), shown, widths));
        rows.forEach(row -> lines.add(line(row, shown, widths)));
        return lines;
    }

    private int[] natural() {
        var widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            int widest = rows.stream()
                    .mapToInt(row -> TextWidth.of(row.get(column)))
                    .max()
                    .orElse(0);
            widths[i] = Math.max(widest, TextWidth.of(columns.get(i).title()));
        }
        return widths;
    }

    private List<Integer> fit(int[] widths) {
        List<Integer> shown = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            shown.add(i);
        }
        while (excess(shown, widths) > 0) {
            int elastic = shown.stream()
                    .filter(i -> columns.get(i).elastic())
                    .findFirst()
                    .orElse(-1);
            int give = elastic < 0 ? 0 : Math.max(0, widths[elastic] - LEAST_ELASTIC);
            if (give >= excess(shown, widths)) {
                widths[elastic] -= (int) excess(shown, widths);
                break;
            }
            Optional<Integer> least = shown.stream()
                    .filter(i -> columns.get(i).rank() > 0)
                    .max(Comparator.comparingInt(i -> columns.get(i).rank()));
            if (least.isEmpty()) {
                if (elastic >= 0) {
                    widths[elastic] -= give;
                }
                break; // A very narrow terminal; it wraps the lines.
            }
            shown.removeIf(least.get()::equals);
        }
        return shown;
    }

    private long excess(List<Integer> shown, int[] widths) {
        long needed = shown.stream().mapToLong(i -> widths[i]).sum() + (long) GAP.length() * (shown.size() - 1);
        return needed - width;
    }

    private String line(List<String> cells, List<Integer> shown, int[] widths) {
        List<String> fitted = new ArrayList<>();
        for (int i : shown) {
            String cell = TextWidth.cut(cells.get(i), widths[i]);
            fitted.add(
                    columns.get(i).right() ? TextWidth.padLeft(cell, widths[i]) : TextWidth.padRight(cell, widths[i]));
        }
        return String.join(GAP, fitted).stripTrailing();
    }
}
