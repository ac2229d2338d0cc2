// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.Terminal;
import dev.hansard.boot.cli.admin.OutputFormat;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.TextWidth;
import java.time.ZoneId;
import java.util.List;

/** Prints sessions one by one, as they come. */
final class RowPrinter {
    private static final int USUAL_COLUMNS = 160;

    private final Terminal terminal;
    private final ZoneId zone;
    private final OutputFormat output;

    RowPrinter(Terminal terminal, ZoneId zone, OutputFormat output) {
        this.terminal = terminal;
        this.zone = zone;
        this.output = output;
    }

    void print(JsonNode session) {
        var row = new SessionRow(session, zone);
        String line = switch (output) {
            case JSON, NDJSON -> Json.line(session);
            case ID -> row.id();
            case WIDE -> String.join("  ", row.wideCells());
            case TABLE -> line(row.cells());
        };
        terminal.out().println(line);
    }

    // Rows come one by one, so the widths are fixed and only the target gives way.
    private String line(List<String> cells) {
        int room = Math.min(terminal.columns(), USUAL_COLUMNS);
        String before = String.join(
                "  ",
                cells.get(0),
                TextWidth.padRight(cells.get(1), 12),
                TextWidth.padLeft(cells.get(2), 3),
                TextWidth.padRight(cells.get(3), 6));
        String after = TextWidth.padLeft(cells.get(5), 7) + "  " + cells.get(7);
        int target = Math.max(16, room - TextWidth.of(before) - TextWidth.of(after) - 4);
        return before + "  " + TextWidth.padRight(TextWidth.cut(cells.get(4), target), target) + "  " + after;
    }
}
