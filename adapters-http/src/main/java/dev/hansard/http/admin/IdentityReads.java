// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.ApiKey;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.KeyDesk;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.identity.SignedIn;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.ServiceName;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says who somebody is here, and gives out API keys. */
final class IdentityReads {
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(3_650);

    private final KeyDesk keys;

    IdentityReads(KeyDesk keys) {
        this.keys = keys;
    }

    void me(Exchange exchange) {
        exchange.query();
        Access access = exchange.visitor().access();
        SignedIn signedIn = exchange.signedIn();
        exchange.send(new Answer(200, Answer.JSON, Json.bytes(json -> {
            write(json, access);
            if (signedIn != null) {
                write(json, signedIn);
            }
        })));
    }

    private static void write(JsonGenerator json, SignedIn signedIn) throws IOException {
        if (signedIn.person().name() != null) {
            json.writeStringField("name", signedIn.person().name());
        }
        if (signedIn.person().email() != null) {
            json.writeStringField("email", signedIn.person().email());
        }
        json.writeStringField("csrfToken", signedIn.token().reveal());
        json.writeStringField("idleUntil", signedIn.idleUntil().toString());
        json.writeStringField("signedInUntil", signedIn.until().toString());
    }

    private static void write(JsonGenerator json, Access access) throws IOException {
        Caller who = access.who();
        json.writeStringField("provider", who.provider());
        json.writeStringField("subject", who.subject());
        writeTexts(json, "groups", who.groups());
        json.writeArrayFieldStart("roles");
        for (Access.Grant grant : access.grants()) {
            json.writeStartObject();
            json.writeStringField("role", grant.role());
            json.writeStringField("because", grant.because());
            write(json, grant.scope());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("permissions");
        for (Permission permission : Permission.values()) {
            if (access.may(permission)) {
                json.writeStartObject();
                json.writeStringField("permission", permission.word());
                write(json, access.scope(permission));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    /** The services; left out when it is all of them. */
    private static void write(JsonGenerator json, Scope scope) throws IOException {
        if (scope instanceof Scope.Only(var services)) {
            writeTexts(
                    json,
                    "services",
                    services.stream().map(ServiceName::value).sorted().toList());
        }
    }

    private static void writeTexts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    void listKeys(Exchange exchange) {
        exchange.query();
        List<ApiKey> all = keys.list(exchange.visitor());
        exchange.send(new Answer(200, Answer.JSON, Json.bytes(json -> {
            json.writeArrayFieldStart("items");
            for (ApiKey key : all) {
                json.writeStartObject();
                write(json, key);
                json.writeEndObject();
            }
            json.writeEndArray();
        })));
    }

    void makeKey(Exchange exchange) {
        exchange.query();
        JsonNode asked = exchange.content(List.of("name", "groups", "lifetime"));
        try {
            KeyDesk.Made made = keys.make(exchange.visitor(), text(asked, "name"), groups(asked), lifetime(asked));
            byte[] content = Json.bytes(json -> {
                write(json, made.key());
                json.writeStringField("key", made.text().whole().reveal());
            });
            exchange.send(new Answer(
                    201,
                    Answer.JSON,
                    content,
                    List.of(new Field("Location", "/api/v1/keys/" + made.key().id()))));
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

    private static List<String> groups(JsonNode asked) {
        JsonNode value = asked.get("groups");
        var groups = new ArrayList<String>();
        if (value == null) {
            return groups;
        }
        for (JsonNode group : value) {
            if (!group.isTextual() || group.textValue().isBlank()) {
                throw RefusedException.invalidContent("'groups' must be a list of texts");
            }
            groups.add(group.textValue());
        }
        if (!value.isArray()) {
            throw RefusedException.invalidContent("'groups' must be a list of texts");
        }
        return groups;
    }

    private static @Nullable Duration lifetime(JsonNode asked) {
        if (!asked.has("lifetime")) {
            return null;
        }
        try {
            Duration lifetime = Duration.parse(text(asked, "lifetime"));
            if (lifetime.isPositive() && lifetime.compareTo(LONGEST_LIFETIME) <= 0) {
                return lifetime;
            }
        } catch (DateTimeException _) {
            // Said below like any other that does not fit.
        }
        throw RefusedException.invalidContent("'lifetime' must be a duration of ISO 8601 such as P90D, at most P3650D");
    }

    void revokeKey(Exchange exchange) {
        exchange.query();
        if (!keys.revoke(exchange.visitor(), exchange.pathPart("id"))) {
            throw RefusedException.notFound();
        }
        exchange.send(204);
    }

    private static void write(JsonGenerator json, ApiKey key) throws IOException {
        json.writeStringField("id", key.id());
        json.writeStringField("name", key.name());
        writeTexts(json, "groups", key.groups());
        json.writeStringField("createdAt", key.createdAt().toString());
        json.writeStringField("createdBy", key.createdBy());
        if (key.expiresAt() != null) {
            json.writeStringField("expiresAt", key.expiresAt().toString());
        }
        if (key.revokedAt() != null) {
            json.writeStringField("revokedAt", key.revokedAt().toString());
        }
    }
}
