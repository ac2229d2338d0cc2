// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.admin.AdminClient;
import dev.hansard.core.exchange.ListedFields;
import dev.hansard.core.policy.GivenBody;
import dev.hansard.core.policy.GivenRequest;
import dev.hansard.core.policy.PolicyDefaults;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.RequestBody;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.policy.PolicyRequest;
import dev.hansard.ports.value.ServiceName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The request of a recorded session, as policies see it: the fields that went on to the target, and its content if a
 * policy needs it. Both are masked. Belongs to one thread.
 */
final class RecordedRequest {
    private final AdminClient client;
    private final JsonNode session;

    private RecordedRequest(AdminClient client, JsonNode session) {
        this.client = client;
        this.session = session;
    }

    /** Reads that of a row of a list. */
    static RecordedRequest of(AdminClient client, JsonNode row) {
        return new RecordedRequest(
                client, client.json("/api/v1/sessions/" + row.path("id").asText("")));
    }

    /** @param labels those of the service in the configuration that is tried */
    PolicyRequest head(Map<String, String> labels) {
        String target = bytes(session.at("/request/target").asText(""));
        int mark = target.indexOf('?');
        return new GivenRequest(
                new ServiceName(session.path("service").asText("")),
                labels,
                session.path("listener").asText(""),
                caller(),
                session.at("/request/method").asText(""),
                host(),
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? "" : target.substring(mark),
                fields(),
                Instant.parse(session.path("startedAt").asText("")));
    }

    private Caller caller() {
        JsonNode caller = session.path("caller");
        var groups = new ArrayList<String>();
        caller.path("groups").forEach(group -> groups.add(group.asText()));
        return new Caller(
                caller.path("provider").asText(""), caller.path("subject").asText(""), groups);
    }

    private String host() {
        String authority = session.at("/request/host").asText("");
        int port = authority.lastIndexOf(':');
        boolean hasPort = port > authority.lastIndexOf(']');
        return hasPort ? authority.substring(0, port) : authority;
    }

    private ListedFields fields() {
        Set<String> removed = new HashSet<>();
        session.at("/requestChanges/removed")
                .forEach(name -> removed.add(name.asText("").toLowerCase(Locale.ROOT)));
        List<Field> fields = new ArrayList<>();
        for (JsonNode pair : session.at("/request/headers")) {
            String name = pair.path(0).asText("");
            if (!removed.contains(name.toLowerCase(Locale.ROOT))) {
                fields.add(new Field(name, bytes(pair.path(1).asText(""))));
            }
        }
        return new ListedFields(fields);
    }

    /** One char is one byte of the request. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Whether the record keeps all of the content, be it masked. */
    boolean isWhole() {
        JsonNode request = session.path("request");
        return !request.path("truncated").asBoolean()
                && !request.path("maskStatus").asText("").equals("withheld");
    }

    /** The recorded content; null when there is none. */
    @Nullable
    RequestBody body() {
        if (session.at("/request/keptBytes").asLong() <= 0) {
            return null;
        }
        String path = "/api/v1/sessions/" + session.path("id").asText("") + "/request/body?view=raw";
        try (InputStream in = client.get(path, Map.of("Accept", "*/*")).body()) {
            return new GivenBody(in.readNBytes(PolicyDefaults.MOST_BODY_BYTES + 1));
        } catch (IOException e) {
            throw client.brokenOff(e);
        }
    }

    /** What was decided then: allowed, denied or approved. */
    String decided() {
        return session.at("/decision/action").asText("allowed");
    }

    /** All that the API says of it. */
    JsonNode session() {
        return session;
    }
}
