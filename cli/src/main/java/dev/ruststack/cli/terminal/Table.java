package dev.ruststack.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Text in columns, each as wide as its widest cell, two spaces apart; the last is not padded. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... heads) {
        rows.add(List.of(heads));
    }

    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** The lines, the one of the heads first. Columns without any content are left out. */
    public List<String> lines() {
        var widths = widths();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private int[] widths() {
        var widths = new int[rows.getFirst().size()];
        for (var row : rows.subList(1, rows.size())) {
            for (var i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (var i = 0; i < widths.length; i++) {
            widths[i] = widths[i] == 0
                    ? 0
                    : Math.max(widths[i], rows.getFirst().get(i).length());
        }
        return widths;
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (var i = 0; i < widths.length; i++) {
            if (widths[i] > 0) {
                var cell = row.get(i);
                line.append(cell).repeat(" ", widths[i] - cell.length() + 2);
            }
        }
        return line.toString().stripTrailing();
    }
}
