// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.text.Figures;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;

/** One session of a list, as cells of a table. */
final class SessionRow {
    static final List<Table.Column> COLUMNS = List.of(
            new Table.Column("STARTED", false, false, 3),
            new Table.Column("SERVICE", false, false, 1),
            new Table.Column("STATUS", true, false, 0),
            new Table.Column("METHOD", false, false, 0),
            new Table.Column("TARGET", false, true, 0),
            new Table.Column("TIME", true, false, 4),
            new Table.Column("STATE", false, false, 2),
            new Table.Column("ID", false, false, 0));

    static final List<Table.Column> WIDE_COLUMNS = List.of(
            new Table.Column("STARTED", false, false, 0),
            new Table.Column("SERVICE", false, false, 0),
            new Table.Column("STATUS", true, false, 0),
            new Table.Column("METHOD", false, false, 0),
            new Table.Column("HOST", false, false, 0),
            new Table.Column("TARGET", false, false, 0),
            new Table.Column("TIME", true, false, 0),
            new Table.Column("REQUEST", true, false, 0),
            new Table.Column("RESPONSE", true, false, 0),
            new Table.Column("STATE", false, false, 0),
            new Table.Column("CODE", false, false, 0),
            new Table.Column("CALLER", false, false, 0),
            new Table.Column("LISTENER", false, false, 0),
            new Table.Column("NODE", false, false, 0),
            new Table.Column("ID", false, false, 0));

    private static final DateTimeFormatter STARTED = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter WIDE_STARTED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT);

    private final JsonNode session;
    private final ZoneId zone;

    SessionRow(JsonNode session, ZoneId zone) {
        this.session = session;
        this.zone = zone;
    }

    List<String> cells() {
        return List.of(
                started(STARTED),
                Json.text(session, "service"),
                status(),
                Json.text(session, "request", "method"),
                Json.text(session, "request", "target"),
                duration(),
                state(),
                id());
    }

    List<String> wideCells() {
        return List.of(
                started(WIDE_STARTED),
                Json.text(session, "service"),
                status(),
                Json.text(session, "request", "method"),
                Json.text(session, "request", "host"),
                Json.text(session, "request", "target"),
                duration(),
                size("request"),
                size("response"),
                state(),
                Json.text(session, "code"),
                Json.text(session, "caller", "provider") + "/" + Json.text(session, "caller", "subject"),
                Json.text(session, "listener"),
                Json.text(session, "node"),
                id());
    }

    String id() {
        return Json.text(session, "id");
    }

    private String started(DateTimeFormatter format) {
        String text = Json.text(session, "startedAt");
        try {
            return format.format(Instant.parse(text).atZone(zone));
        } catch (DateTimeParseException _) {
            return text;
        }
    }

    private String status() {
        int status = Json.number(session, "response", "status").intValue();
        return status > 0 ? Integer.toString(status) : "-";
    }

    private String duration() {
        double millis = Json.number(session, "durationMs").doubleValue();
        return millis < 0 ? "-" : Figures.duration(millis);
    }

    private String state() {
        String state = Json.text(session, "state");
        boolean cut = Json.at(session, "truncated").asBoolean();
        return cut ? state + ", truncated" : state;
    }

    private String size(String message) {
        long bytes = Json.number(session, message, "bodyBytes").longValue();
        return bytes < 0 ? "-" : Figures.size(bytes);
    }
}
