// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hansard.ports.credential.UsedCredential;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.policy.Decision;
import dev.hansard.ports.session.Changes;
import dev.hansard.ports.session.MaskedPlace;
import dev.hansard.ports.session.Masking;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.Standing;
import dev.hansard.ports.session.Timing;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session as JSON, by the contract in {@code openapi.yaml}. A row of a list has the same names at the same places as
 * the whole session, only fewer. What is not known is left out and never null.
 */
final class SessionJson {
    private static final int MICROS_DIGITS = 3;

    private SessionJson() {}

    /** Writes the members of a row of a list or tail. */
    static void write(JsonGenerator json, SessionSummary session) throws IOException {
        writeRow(json, session);
        writeRetention(json, session.retention().value());
    }

    /** Writes what is left of a session whose record was removed in its time. */
    static void writeRemoved(JsonGenerator json, SessionSummary session) throws IOException {
        writeRow(json, session);
        json.writeObjectFieldStart("retention");
        json.writeStringField("class", session.retention().value());
        json.writeBooleanField("recordRemoved", true);
        json.writeEndObject();
    }

    private static void writeRow(JsonGenerator json, SessionSummary session) throws IOException {
        json.writeStringField("id", session.id().toString());
        json.writeStringField("service", session.service().value());
        json.writeStringField("node", session.node().value());
        json.writeStringField("listener", session.listener());
        json.writeStringField("startedAt", session.startedAt().toString());
        writeMillis(json, "durationMs", session.durationMicros());
        json.writeStringField("state", word(session.state()));
        json.writeStringField("ending", word(session.ending()));
        writeIfKnown(json, "code", session.code());
        json.writeStringField("durability", word(session.durability()));
        write(json, session.caller());
        json.writeObjectFieldStart("request");
        json.writeStringField("method", text(session.method()));
        json.writeStringField("target", text(session.target()));
        json.writeStringField("host", text(session.host()));
        json.writeNumberField("bodyBytes", session.requestBytes());
        json.writeEndObject();
        json.writeObjectFieldStart("response");
        json.writeNumberField("status", session.status());
        json.writeNumberField("bodyBytes", session.responseBytes());
        json.writeEndObject();
        json.writeBooleanField("truncated", session.truncated());
        writeIfKnown(json, "traceId", session.traceId());
    }

    /** Writes the members of a whole session. */
    static void write(JsonGenerator json, Session session) throws IOException {
        json.writeStringField("id", session.id().toString());
        json.writeStringField("service", session.service().value());
        json.writeStringField("node", session.node().value());
        json.writeStringField("listener", session.listener());
        json.writeStringField("startedAt", session.startedAt().toString());
        writeMillis(json, "durationMs", session.durationMicros());
        json.writeStringField("state", word(session.state()));
        json.writeStringField("ending", word(session.ending()));
        writeIfKnown(json, "code", session.code());
        json.writeStringField("durability", word(session.durability()));
        write(json, session.caller());
        json.writeStringField("callerAddress", session.callerAddress());
        writeRequest(json, session);
        writeIfKnown(json, "upstream", session.upstream());
        writeResponse(json, session);
        json.writeBooleanField(
                "truncated", session.request().truncated() || session.response().truncated());
        writeCredentials(json, session.credentials());
        write(json, session.timing());
        writeIfKnown(json, "traceId", session.traceId());
        write(json, session.decision());
        writeRetention(json, session.retention().value());
    }

    /** Most services have one at the most: that one is named by itself, and all are listed where there are several. */
    private static void writeCredentials(JsonGenerator json, List<UsedCredential> used) throws IOException {
        if (used.isEmpty()) {
            return;
        }
        json.writeFieldName("credential");
        write(json, used.getFirst());
        if (used.size() > 1) {
            json.writeArrayFieldStart("credentials");
            for (UsedCredential one : used) {
                write(json, one);
            }
            json.writeEndArray();
        }
    }

    private static void write(JsonGenerator json, UsedCredential used) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", used.name());
        json.writeStringField("version", used.version());
        json.writeEndObject();
    }

    /** Writes how the record stands to the ledger. */
    static void write(JsonGenerator json, Standing standing) throws IOException {
        json.writeObjectFieldStart("ledger");
        json.writeStringField("state", word(standing.state()));
        if (standing.index() >= 0) {
            json.writeNumberField("index", standing.index());
        }
        json.writeEndObject();
    }

    /** Writes what was decided, unless nothing is known of it. */
    static void write(JsonGenerator json, Decision decision) throws IOException {
        if (!decision.isSaid()) {
            return;
        }
        json.writeObjectFieldStart("decision");
        json.writeStringField("action", decision.outcome().word());
        writeNames(json, "policies", decision.policies());
        writeNames(json, "observed", decision.observed());
        json.writeStringField("version", decision.version());
        if (decision.approval() != null) {
            json.writeStringField("approvalId", decision.approval().toString());
        }
        json.writeEndObject();
    }

    private static void writeNames(JsonGenerator json, String member, List<String> names) throws IOException {
        json.writeArrayFieldStart(member);
        for (String name : names) {
            json.writeString(name);
        }
        json.writeEndArray();
    }

    private static void writeRequest(JsonGenerator json, Session session) throws IOException {
        json.writeObjectFieldStart("request");
        json.writeStringField("method", text(session.method()));
        json.writeStringField("target", text(session.target()));
        json.writeStringField("receivedTarget", text(session.receivedTarget()));
        json.writeStringField("host", text(session.host()));
        writeMessage(json, session.request());
        json.writeEndObject();
        writeChanges(json, "requestChanges", session.requestChanges());
    }

    private static void writeResponse(JsonGenerator json, Session session) throws IOException {
        json.writeObjectFieldStart("response");
        json.writeNumberField("status", session.status());
        json.writeStringField("reason", text(session.reason()));
        writeMessage(json, session.response());
        json.writeEndObject();
        writeChanges(json, "responseChanges", session.responseChanges());
    }

    private static void writeMessage(JsonGenerator json, RecordedMessage message) throws IOException {
        writeFields(json, "headers", message.headers());
        writeFields(json, "trailers", message.trailers());
        json.writeNumberField("bodyBytes", message.bodyBytes());
        json.writeNumberField("keptBytes", message.keptBytes());
        writeIfKnown(json, "bodySha256", message.bodySha256());
        json.writeBooleanField("truncated", message.truncated());
        json.writeStringField("maskStatus", word(message.maskStatus()));
        writeMasking(json, message.masking());
    }

    private static void writeMasking(JsonGenerator json, Masking masking) throws IOException {
        json.writeObjectFieldStart("masking");
        writeIfKnown(json, "reason", masking.reason());
        json.writeBooleanField("decoded", masking.decoded());
        writeIfKnown(json, "digest", masking.digest());
        if (!masking.rules().isEmpty()) {
            json.writeStringField("rules", masking.rules());
        }
        json.writeObjectFieldStart("hits");
        for (Map.Entry<String, Integer> hit : masking.hits().entrySet()) {
            json.writeNumberField(hit.getKey(), hit.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("places");
        for (MaskedPlace place : masking.places()) {
            json.writeStartObject();
            json.writeStringField("rule", place.rule());
            json.writeStringField("at", place.at());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeChanges(JsonGenerator json, String name, Changes changes) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeArrayFieldStart("removed");
        for (String removed : changes.removed()) {
            json.writeString(text(removed));
        }
        json.writeEndArray();
        writeFields(json, "added", changes.added());
        json.writeEndObject();
    }

    static void writeFields(JsonGenerator json, String name, List<Field> fields) throws IOException {
        json.writeArrayFieldStart(name);
        for (Field field : fields) {
            json.writeStartArray();
            json.writeString(text(field.name()));
            json.writeString(text(field.value()));
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Caller caller) throws IOException {
        json.writeObjectFieldStart("caller");
        json.writeStringField("provider", caller.provider());
        json.writeStringField("subject", caller.subject());
        json.writeArrayFieldStart("groups");
        for (String group : caller.groups()) {
            json.writeString(group);
        }
        json.writeEndArray();
        if (!caller.actors().isEmpty()) {
            json.writeArrayFieldStart("actors");
            for (String actor : caller.actors()) {
                json.writeString(actor);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Timing timing) throws IOException {
        json.writeObjectFieldStart("timing");
        writeMillis(json, "intentMs", timing.intentMicros());
        writeMillis(json, "connectMs", timing.connectMicros());
        writeMillis(json, "firstByteMs", timing.firstByteMicros());
        writeMillis(json, "endMs", timing.endMicros());
        json.writeEndObject();
    }

    private static void writeRetention(JsonGenerator json, String retentionClass) throws IOException {
        json.writeObjectFieldStart("retention");
        json.writeStringField("class", retentionClass);
        json.writeEndObject();
    }

    /** Milliseconds with up to three decimals, written exactly; a negative time is an unknown one. */
    private static void writeMillis(JsonGenerator json, String name, long micros) throws IOException {
        if (micros >= 0 && micros % 1000 == 0) {
            json.writeNumberField(name, micros / 1000);
        } else if (micros >= 0) {
            json.writeNumberField(name, BigDecimal.valueOf(micros, MICROS_DIGITS));
        }
    }

    private static void writeIfKnown(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * What bytes of a message read as: UTF-8 when all of them are, otherwise ISO-8859-1.
     *
     * @param bytes one char per byte
     */
    static String text(String bytes) {
        if (bytes.chars().allMatch(c -> c < 0x80)) {
            return bytes;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException _) {
            return bytes;
        }
    }
}
