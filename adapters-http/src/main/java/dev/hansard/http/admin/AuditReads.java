// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hansard.ports.audit.AuditDesk;
import dev.hansard.ports.audit.AuditEntry;
import dev.hansard.ports.audit.AuditEvent;
import dev.hansard.ports.audit.AuditLog;
import java.io.IOException;
import java.util.List;

/** Shows the audit log. */
final class AuditReads {
    private static final int USUAL_LIMIT = 50;

    private final AuditDesk audit;

    AuditReads(AuditDesk audit) {
        this.audit = audit;
    }

    /** A page: the newest below a number, or what came after one. */
    void list(Exchange exchange) throws IOException {
        QueryParameters query = exchange.query("before", "after", "limit");
        int limit = (int) query.number("limit", USUAL_LIMIT, 1, AuditLog.MOST_ENTRIES);
        boolean isForward = query.get("after") != null;
        if (isForward && query.get("before") != null) {
            throw RefusedException.invalidParameter("Give 'before' or 'after', not both.");
        }

        List<AuditEntry> entries = isForward
                ? audit.since(exchange.visitor(), query.number("after", 0, 0, Long.MAX_VALUE), limit)
                : audit.newest(exchange.visitor(), query.number("before", Long.MAX_VALUE, 1, Long.MAX_VALUE), limit);

        exchange.stream(
                200,
                Answer.JSON,
                -1,
                out -> Json.write(out, json -> {
                    json.writeArrayFieldStart("items");
                    for (AuditEntry entry : entries) {
                        json.writeStartObject();
                        write(json, entry);
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                }));
    }

    private static void write(JsonGenerator json, AuditEntry entry) throws IOException {
        AuditEvent event = entry.event();
        json.writeNumberField("number", entry.number());
        json.writeStringField("at", event.at().toString());
        json.writeStringField("provider", event.provider());
        json.writeStringField("actor", event.actor());
        json.writeStringField("action", event.action().word());
        json.writeStringField("object", event.object());
        if (event.session() != null) {
            json.writeStringField("session", event.session().toString());
        }
        json.writeStringField("from", event.from());
        if (event.reason() != null) {
            json.writeStringField("reason", event.reason());
        }
        json.writeBooleanField("allowed", event.allowed());
    }
}
