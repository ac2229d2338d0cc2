// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.retention.Hold;
import dev.hansard.ports.retention.HoldEvent;
import dev.hansard.ports.retention.Pruning;
import dev.hansard.ports.retention.RetentionPlan;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.SessionId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows and directs how long sessions stay. */
final class RetentionCalls {
    private static final int MOST_SEGMENTS = 1_000_000;

    private final @Nullable RetentionDesks desks;

    RetentionCalls(@Nullable RetentionDesks desks) {
        this.desks = desks;
    }

    private RetentionDesks desks() {
        if (desks == null) {
            throw new RefusedException(
                    503,
                    "retention_unavailable",
                    "The control store of this node keeps no holds, so nothing is removed; choose another one.");
        }
        return desks;
    }

    /** What would go. */
    void plan(Exchange exchange) {
        exchange.query();
        RetentionPlan plan = desks().retention().plan(exchange.visitor());
        exchange.send(new Answer(200, Answer.JSON, Json.bytes(json -> write(json, plan))));
    }

    private static void write(JsonGenerator json, RetentionPlan plan) throws IOException {
        json.writeStringField("at", plan.at().toString());
        json.writeStringField("doubt", plan.doubt());
        json.writeStringField("trouble", plan.trouble());
        if (plan.next() != null) {
            json.writeStringField("nextRun", plan.next().toString());
        }
        json.writeNumberField("allSegments", plan.segments());
        json.writeNumberField("unknownSegments", plan.unknown());
        json.writeNumberField("mostSegments", plan.most());
        json.writeNumberField("segments", plan.items().size());
        json.writeNumberField("sessions", plan.sessions());
        json.writeNumberField("bytes", plan.bytes());
        json.writeNumberField("heldSessions", plan.held());
        json.writeArrayFieldStart("items");
        for (PlanRows.Row row : PlanRows.of(plan)) {
            json.writeStartObject();
            json.writeStringField("service", row.service());
            json.writeStringField("class", row.retention());
            json.writeStringField("what", row.isRows() ? "rows" : "records");
            json.writeNumberField("segments", row.segments());
            json.writeNumberField("sessions", row.sessions());
            json.writeNumberField("bytes", row.bytes());
            json.writeNumberField("heldSessions", row.held());
            json.writeStringField("from", row.from().toString());
            json.writeStringField("to", row.to().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    void prune(Exchange exchange) {
        int most = (int) exchange.query("segments").number("segments", MOST_SEGMENTS, 1, MOST_SEGMENTS);
        Pruning pruning = desks().retention().prune(exchange.visitor(), most);
        switch (pruning) {
            case Pruning.Done(int segments, long sessions, long bytes, long left) ->
                exchange.send(new Answer(200, Answer.JSON, Json.bytes(json -> {
                    json.writeNumberField("segments", segments);
                    json.writeNumberField("sessions", sessions);
                    json.writeNumberField("bytes", bytes);
                    json.writeNumberField("segmentsLeft", left);
                })));
            case Pruning.Withheld(String why) ->
                throw new RefusedException(409, "clock_in_doubt", "Nothing was removed: " + why + ".");
        }
    }

    void trustClock(Exchange exchange) {
        exchange.query();
        desks().retention().trustClock(exchange.visitor());
        exchange.send(204);
    }

    void erase(Exchange exchange) {
        exchange.query();
        SessionId id;
        try {
            id = SessionId.parse(exchange.pathPart("id"));
        } catch (InvalidValueException _) {
            throw RefusedException.notFound();
        }
        switch (desks().retention().erase(exchange.visitor(), id)) {
            case ERASED -> exchange.send(204);
            case UNKNOWN -> throw RefusedException.notFound();
            case HELD ->
                throw new RefusedException(
                        409, "session_held", "A legal hold keeps this session; see GET /api/v1/holds.");
        }
    }

    void listHolds(Exchange exchange) {
        exchange.query();
        List<Hold> holds = desks().holds().list(exchange.visitor());
        exchange.send(new Answer(200, Answer.JSON, Json.bytes(json -> {
            json.writeArrayFieldStart("items");
            for (Hold hold : holds) {
                json.writeStartObject();
                write(json, hold);
                json.writeEndObject();
            }
            json.writeEndArray();
        })));
    }

    void placeHold(Exchange exchange) {
        exchange.query();
        JsonNode asked = exchange.content(List.of("name", "query", "reason"));
        try {
            Hold hold = desks().holds()
                    .place(exchange.visitor(), text(asked, "name"), text(asked, "query"), text(asked, "reason"));
            exchange.send(new Answer(
                    201,
                    Answer.JSON,
                    Json.bytes(json -> write(json, hold)),
                    List.of(new Field("Location", "/api/v1/holds/" + hold.id()))));
        } catch (InvalidValueException e) {
            throw RefusedException.invalidContent(String.valueOf(e.getMessage()));
        }
    }

    private static String text(JsonNode asked, String name) {
        JsonNode value = asked.get(name);
        if (value == null || !value.isTextual()) {
            throw RefusedException.invalidContent("'" + name + "' must be text");
        }
        return value.textValue();
    }

    void removeHold(Exchange exchange) {
        exchange.query();
        String reason = exchange.visitor().reason();
        if (reason == null) {
            throw new RefusedException(
                    403, "reason_required", "A hold is removed for a reason: send it in Hansard-Reason.");
        }
        Hold hold = desks().holds().remove(exchange.visitor(), exchange.pathPart("id"), reason);
        if (hold == null) {
            throw RefusedException.notFound();
        }
        exchange.send(new Answer(200, Answer.JSON, Json.bytes(json -> write(json, hold))));
    }

    private static void write(JsonGenerator json, Hold hold) throws IOException {
        json.writeStringField("id", hold.id());
        json.writeStringField("name", hold.name());
        json.writeStringField("query", hold.query());
        json.writeNumberField("sessions", hold.sessions());
        json.writeStringField("state", hold.events().getLast().kind().word());
        json.writeArrayFieldStart("events");
        for (HoldEvent event : hold.events()) {
            json.writeStartObject();
            json.writeStringField("kind", event.kind().word());
            json.writeStringField("at", event.at().toString());
            json.writeStringField("provider", event.provider());
            json.writeStringField("actor", event.actor());
            json.writeStringField("reason", event.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
