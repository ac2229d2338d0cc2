// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;

/** One credential of a list, as cells of a table. */
final class CredentialRow {
    static final List<Table.Column> COLUMNS = List.of(
            new Table.Column("NAME", false, false, 0),
            new Table.Column("SERVICE", false, false, 2),
            new Table.Column("TYPE", false, false, 1),
            new Table.Column("VERSION", false, false, 0),
            new Table.Column("SINCE", false, false, 1),
            new Table.Column("EXPIRES", false, false, 1),
            new Table.Column("PREVIOUS", false, false, 2),
            new Table.Column("TROUBLE", false, true, 0));

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final JsonNode credential;
    private final ZoneId zone;

    CredentialRow(JsonNode credential, ZoneId zone) {
        this.credential = credential;
        this.zone = zone;
    }

    List<String> cells() {
        return List.of(
                name(),
                Json.text(credential, "service"),
                Json.text(credential, "type"),
                orDash("version"),
                time("since"),
                time("expiresAt"),
                orDash("previousVersion"),
                orDash("trouble"));
    }

    String name() {
        return Json.text(credential, "name");
    }

    private String orDash(String member) {
        String text = Json.text(credential, member);
        return text.isEmpty() ? "-" : text;
    }

    private String time(String member) {
        String text = orDash(member);
        try {
            return text.equals("-") ? text : MINUTES.format(Instant.parse(text).atZone(zone));
        } catch (DateTimeParseException _) {
            return text;
        }
    }
}
