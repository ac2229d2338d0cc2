// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hansard.ports.credential.CredentialDesk;
import dev.hansard.ports.credential.CredentialState;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows how credentials are doing, never their values, and rotates them. */
final class CredentialCalls {
    private final CredentialDesk desk;

    CredentialCalls(CredentialDesk desk) {
        this.desk = desk;
    }

    void list(Exchange exchange) {
        exchange.query();
        List<CredentialState> all = desk.list(exchange.visitor());
        exchange.send(new Answer(200, Answer.JSON, Json.bytes(json -> {
            json.writeArrayFieldStart("items");
            for (CredentialState one : all) {
                json.writeStartObject();
                write(json, one);
                json.writeEndObject();
            }
            json.writeEndArray();
        })));
    }

    void rotate(Exchange exchange) {
        exchange.query();
        CredentialDesk.Rotation rotation = desk.rotate(exchange.visitor(), exchange.pathPart("name"));
        if (rotation == null) {
            throw RefusedException.notFound();
        }
        exchange.send(new Answer(200, Answer.JSON, Json.bytes(json -> {
            write(json, rotation.state());
            json.writeBooleanField("changed", rotation.changed());
        })));
    }

    private static void write(JsonGenerator json, CredentialState one) throws IOException {
        json.writeStringField("name", one.name());
        json.writeStringField("service", one.service().value());
        json.writeStringField("type", one.type());
        text(json, "version", one.version());
        time(json, "since", one.since());
        time(json, "expiresAt", one.expiresAt());
        text(json, "previousVersion", one.previous());
        time(json, "previousUntil", one.previousUntil());
        text(json, "trouble", one.trouble());
    }

    private static void text(JsonGenerator json, String name, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }

    private static void time(JsonGenerator json, String name, @Nullable Instant time) throws IOException {
        text(json, name, time == null ? null : time.toString());
    }
}
