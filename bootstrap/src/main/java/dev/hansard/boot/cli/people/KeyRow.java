// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.people;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** One API key of a list, as cells of a table. */
final class KeyRow {
    static final List<Table.Column> COLUMNS = List.of(
            new Table.Column("NAME", false, false, 0),
            new Table.Column("GROUPS", false, true, 0),
            new Table.Column("CREATED", false, false, 2),
            new Table.Column("BY", false, false, 3),
            new Table.Column("EXPIRES", false, false, 1),
            new Table.Column("REVOKED", false, false, 1),
            new Table.Column("ID", false, false, 0));

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final JsonNode key;
    private final ZoneId zone;

    KeyRow(JsonNode key, ZoneId zone) {
        this.key = key;
        this.zone = zone;
    }

    List<String> cells() {
        String groups = StreamSupport.stream(key.path("groups").spliterator(), false)
                .map(Json::text)
                .collect(Collectors.joining(", "));
        return List.of(
                Json.text(key, "name"),
                groups.isEmpty() ? "-" : groups,
                time("createdAt"),
                Json.text(key, "createdBy"),
                time("expiresAt"),
                time("revokedAt"),
                id());
    }

    String id() {
        return Json.text(key, "id");
    }

    private String time(String member) {
        String text = Json.text(key, member);
        if (text.isEmpty()) {
            return "-";
        }
        try {
            return MINUTES.format(Instant.parse(text).atZone(zone));
        } catch (DateTimeParseException _) {
            return text;
        }
    }
}
