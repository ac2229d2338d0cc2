// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.RequestBody;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.policy.Trial;
import dev.hansard.ports.value.InvalidValueException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a request that is only thought of from the JSON of {@code /api/v1/explain}. */
final class TrialReader {
    static final List<String> MEMBERS = List.of("listener", "caller", "method", "target", "headers", "body");

    private static final int MOST_FIELDS = 100;
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    private TrialReader() {}

    static Trial read(JsonNode asked) {
        String method = text(asked, "method", "GET");
        if (!method.matches(TOKEN)) {
            throw RefusedException.invalidContent("The member 'method' must be a token such as POST.");
        }
        return new Trial(
                text(asked, "listener", ""),
                caller(asked.get("caller")),
                method,
                latin(text(asked, "target", ""), "target"),
                fields(asked.get("headers")),
                body(asked),
                null);
    }

    private static String text(JsonNode asked, String name, String fallback) {
        JsonNode value = asked.get(name);
        if (value == null) {
            if (name.equals("target")) {
                throw RefusedException.invalidContent("The member 'target' is missing: a path or a URL.");
            }
            return fallback;
        }
        if (!value.isTextual()) {
            throw RefusedException.invalidContent("The member '" + name + "' must be text.");
        }
        return value.textValue();
    }

    /** One char is one byte of the request: what is not ASCII goes over the wire as UTF-8. */
    private static String latin(String text, String name) {
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            throw RefusedException.invalidContent("The member '" + name + "' must not hold control characters.");
        }
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static Caller caller(@Nullable JsonNode asked) {
        if (asked == null) {
            return Caller.ANONYMOUS;
        }
        var groups = new ArrayList<String>();
        asked.path("groups").forEach(group -> groups.add(group.asText()));
        try {
            return new Caller(
                    asked.path("provider").asText(""), asked.path("subject").asText(""), groups);
        } catch (InvalidValueException e) {
            throw RefusedException.invalidContent("The member 'caller' is wrong: " + e.getMessage() + ".");
        }
    }

    private static List<Field> fields(@Nullable JsonNode asked) {
        var fields = new ArrayList<Field>();
        if (asked == null) {
            return fields;
        }
        for (JsonNode pair : asked) {
            String name = pair.path(0).asText("");
            boolean isPair = pair.isArray() && pair.size() == 2 && name.matches(TOKEN);
            if (!isPair || fields.size() == MOST_FIELDS) {
                throw RefusedException.invalidContent(
                        "The member 'headers' must be at most " + MOST_FIELDS + " pairs of a name and a value.");
            }
            fields.add(new Field(name, latin(pair.path(1).asText(""), "headers")));
        }
        return fields;
    }

    private static @Nullable RequestBody body(JsonNode asked) {
        return asked.has("body") ? new Text(text(asked, "body", "").getBytes(StandardCharsets.UTF_8)) : null;
    }

    /** A content that came as text. */
    private static final class Text implements RequestBody {
        private final byte[] bytes;

        Text(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int length() {
            return bytes.length;
        }

        @Override
        public ByteBuffer bytes() {
            return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
