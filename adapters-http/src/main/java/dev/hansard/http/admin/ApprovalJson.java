// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.AskedRequest;
import dev.hansard.ports.approval.Requirement;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Caller;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An approval as JSON, by the contract in {@code openapi.yaml}. What is not known is left out and never null. */
final class ApprovalJson {
    private ApprovalJson() {}

    /** Writes the members of a row of a list, or of an event. */
    static void writeRow(JsonGenerator json, Approval approval, Instant now) throws IOException {
        write(json, approval, now, false);
    }

    private static void write(JsonGenerator json, Approval approval, Instant now, boolean isWhole) throws IOException {
        AskedRequest request = approval.request();
        json.writeStringField("id", approval.id().toString());
        json.writeNumberField("version", approval.version());
        json.writeStringField("state", approval.state().word());
        json.writeStringField("service", request.service().value());
        write(json, request.caller());
        json.writeStringField("createdAt", approval.term().createdAt().toString());
        json.writeStringField("expiresAt", approval.term().expiresAt().toString());
        json.writeNumberField("leftMs", leftMs(approval, now));
        json.writeStringField("message", approval.message());
        json.writeStringField("digest", approval.digest());
        json.writeStringField("node", approval.place().node().value());
        json.writeBooleanField("polled", approval.place().polled());
        json.writeStringField("session", approval.place().session().toString());
        writeUnlessNull(json, "sentAs", approval.place().sentAs());
        writeUnlessNull(json, "standsUntil", approval.term().standsUntil());
        if (!approval.reason().isEmpty()) {
            json.writeStringField("reason", approval.reason());
        }
        writeRequirements(json, approval);
        writeVotes(json, approval.votes());
        json.writeObjectFieldStart("request");
        writeRequestLine(json, request);
        if (isWhole) {
            writeRest(json, request);
        }
        json.writeEndObject();
    }

    /** How long it can be decided or used, in milliseconds. */
    static long leftMs(Approval approval, Instant now) {
        boolean isOpen = approval.state().isOpen();
        long left = Duration.between(now, approval.term().expiresAt()).toMillis();
        return isOpen ? Math.max(0, left) : 0;
    }

    private static void writeUnlessNull(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }

    private static void write(JsonGenerator json, Caller caller) throws IOException {
        json.writeObjectFieldStart("caller");
        json.writeStringField("provider", caller.provider());
        json.writeStringField("subject", caller.subject());
        writeTexts(json, "groups", caller.groups());
        if (!caller.actors().isEmpty()) {
            writeTexts(json, "actors", caller.actors());
        }
        json.writeEndObject();
    }

    private static void writeRequirements(JsonGenerator json, Approval approval) throws IOException {
        json.writeStringField("policyVersion", approval.policyVersion());
        json.writeArrayFieldStart("policies");
        for (Requirement requirement : approval.requirements()) {
            json.writeStartObject();
            json.writeStringField("name", requirement.policy());
            writeTexts(json, "reviewers", requirement.reviewers());
            json.writeNumberField("needed", requirement.count());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeVotes(JsonGenerator json, List<Vote> votes) throws IOException {
        json.writeArrayFieldStart("decisions");
        for (Vote vote : votes) {
            json.writeStartObject();
            json.writeStringField("provider", vote.provider());
            json.writeStringField("subject", vote.subject());
            json.writeStringField("verdict", vote.verdict().name().toLowerCase(Locale.ROOT));
            json.writeStringField("comment", vote.comment());
            json.writeStringField("at", vote.at().toString());
            writeTexts(json, "policies", vote.policies());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeRequestLine(JsonGenerator json, AskedRequest request) throws IOException {
        json.writeStringField("method", SessionJson.text(request.method()));
        json.writeStringField("host", SessionJson.text(request.authority()));
        json.writeStringField("target", SessionJson.text(request.target()));
        json.writeNumberField("bodyBytes", request.bodyBytes());
        json.writeStringField("maskStatus", request.maskStatus().name().toLowerCase(Locale.ROOT));
    }

    private static void writeRest(JsonGenerator json, AskedRequest request) throws IOException {
        json.writeStringField("listener", request.listener());
        writeTexts(json, "upstreams", request.upstreams());
        SessionJson.writeFields(json, "headers", request.headers());
        writeUnlessNull(json, "maskReason", request.maskReason());
        writeBody(json, request);
    }

    /** Writes all of it, with what the visitor may do. */
    static void write(JsonGenerator json, Approval approval, @Nullable Refusal objection, Instant now)
            throws IOException {
        write(json, approval, now, true);
        if (approval.term().windowSeconds() > 0) {
            json.writeNumberField("windowSeconds", approval.term().windowSeconds());
        }
        json.writeObjectFieldStart("decide");
        json.writeBooleanField("may", objection == null);
        if (objection != null) {
            json.writeStringField("code", objection.code());
            json.writeStringField("why", objection.detail());
        }
        json.writeEndObject();
    }

    private static void writeBody(JsonGenerator json, AskedRequest request) throws IOException {
        ByteBuffer body = request.body();
        if (!body.hasRemaining()) {
            return;
        }
        json.writeObjectFieldStart("body");
        String text = text(body);
        if (text == null) {
            byte[] bytes = new byte[body.remaining()];
            body.get(bytes);
            json.writeStringField("base64", Base64.getEncoder().encodeToString(bytes));
        } else {
            json.writeStringField("text", text);
        }
        json.writeBooleanField("cut", request.isCut());
        json.writeEndObject();
    }

    /** The beginning of a content as text; null when it is none. Half a character at its end is left out. */
    static @Nullable String text(ByteBuffer body) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var chars = CharBuffer.allocate(body.remaining());
        boolean isText = !decoder.decode(body.duplicate(), chars, false).isError();
        return isText ? chars.flip().toString() : null;
    }

    private static void writeTexts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
