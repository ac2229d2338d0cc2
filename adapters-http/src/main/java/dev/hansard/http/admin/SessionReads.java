// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionDesk;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.Sessions;
import dev.hansard.ports.session.Standing;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.SessionId;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Lists sessions and shows one. */
final class SessionReads {
    private static final int DEFAULT_LIMIT = 50;

    private final SessionDesk desk;

    SessionReads(SessionDesk desk) {
        this.desk = desk;
    }

    void list(Exchange exchange) throws IOException {
        QueryParameters query = exchange.query("q", "limit", "cursor");
        int limit = (int) query.number("limit", DEFAULT_LIMIT, 1, Sessions.MAX_LIMIT);

        Sessions.Page page = desk.of(exchange.visitor()).list(query.get("q", ""), query.get("cursor"), limit);

        exchange.stream(200, Answer.JSON, -1, out -> write(out, page));
    }

    void show(Exchange exchange) {
        exchange.query();
        byte[] content = content(desk.of(exchange.visitor()), exchange.pathPart("id"));

        String tag = EntityTag.of(content);
        if (EntityTag.isAmong(tag, exchange.field(HeaderNames.IF_NONE_MATCH))) {
            exchange.setField(new Field("ETag", tag));
            exchange.send(304);
            return;
        }
        exchange.send(new Answer(200, Answer.JSON, content, List.of(new Field("ETag", tag))));
    }

    private static byte[] content(Sessions sessions, String id) {
        try {
            Session session = find(sessions, id);
            Standing standing = sessions.standing(session.id());
            return Json.bytes(json -> {
                SessionJson.write(json, session);
                SessionJson.write(json, standing);
            });
        } catch (StorageException e) {
            if (e.reason() instanceof StorageException.Removed(SessionSummary left)) {
                return Json.bytes(json -> SessionJson.writeRemoved(json, left));
            }
            throw e;
        }
    }

    /** The session; a text that is no id names no session, so both are not found. */
    static Session find(Sessions sessions, String id) {
        try {
            return sessions.find(SessionId.parse(id)).orElseThrow(RefusedException::notFound);
        } catch (InvalidValueException _) {
            throw RefusedException.notFound();
        }
    }

    private static void write(OutputStream out, Sessions.Page page) throws IOException {
        Json.write(out, json -> {
            json.writeArrayFieldStart("items");
            for (SessionSummary session : page.items()) {
                json.writeStartObject();
                SessionJson.write(json, session);
                json.writeEndObject();
            }
            json.writeEndArray();
            if (page.nextCursor() != null) {
                json.writeStringField("nextCursor", page.nextCursor());
            }
        });
    }
}
