// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.people;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Table;
import dev.hansard.boot.text.TextWidth;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;

/** One entry of the audit log, as cells of a table. */
final class AuditRow {
    static final List<Table.Column> COLUMNS = List.of(
            new Table.Column("NUMBER", true, false, 0),
            new Table.Column("AT", false, false, 0),
            new Table.Column("WHO", false, false, 0),
            new Table.Column("ACTION", false, false, 0),
            new Table.Column("OBJECT", false, true, 0),
            new Table.Column("REASON", false, false, 3),
            new Table.Column("FROM", false, false, 2));

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT);

    private final JsonNode entry;
    private final ZoneId zone;
    private final boolean isWide;

    AuditRow(JsonNode entry, ZoneId zone, boolean isWide) {
        this.entry = entry;
        this.zone = zone;
        this.isWide = isWide;
    }

    List<String> cells() {
        return List.of(
                number(),
                at(),
                who(),
                Json.text(entry, "action"),
                object(),
                orDash(Json.text(entry, "reason")),
                orDash(Json.text(entry, "from")));
    }

    /** One line of rows that come one by one, so that the widths are fixed. */
    String line() {
        List<String> cells = cells();
        return String.join(
                        "  ",
                        TextWidth.padLeft(cells.get(0), 6),
                        cells.get(1),
                        TextWidth.padRight(cells.get(2), 24),
                        TextWidth.padRight(cells.get(3), 14),
                        cells.get(4),
                        cells.get(5).equals("-") ? "" : "for: " + cells.get(5))
                .stripTrailing();
    }

    String number() {
        return Json.number(entry, "number").toPlainString();
    }

    private String who() {
        String actor = Json.text(entry, "actor");
        if (actor.isEmpty()) {
            return Json.text(entry, "from").isEmpty() ? "the node" : "a stranger";
        }
        return Json.text(entry, "provider") + "/" + actor;
    }

    private String object() {
        String session = Json.text(entry, "session");
        String object = Json.text(entry, "object");
        return orDash(session.isEmpty() ? object : (object + " of " + session).strip());
    }

    private String at() {
        String text = Json.text(entry, "at");
        try {
            return (isWide ? MILLIS : SECONDS).format(Instant.parse(text).atZone(zone));
        } catch (DateTimeParseException _) {
            return text;
        }
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
