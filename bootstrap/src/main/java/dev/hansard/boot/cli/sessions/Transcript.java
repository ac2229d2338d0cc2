// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.text.Content;
import dev.hansard.boot.text.Figures;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.TextWidth;
import dev.hansard.boot.text.Visible;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A session as people read HTTP: start line, fields, content. Everything recorded is made safe to print. */
final class Transcript {
    /** The messages of a session, in their order. */
    static final List<String> MESSAGES = List.of("request", "response");

    /** How much of a content is shown. */
    static final int MOST_CONTENT_BYTES = 16 * 1024;

    private final JsonNode session;
    private final boolean wide;

    /** @param wide whether to say also what rarely matters */
    Transcript(JsonNode session, boolean wide) {
        this.session = session;
        this.wide = wide;
    }

    /** What is known of the session as a whole. */
    List<String> summary() {
        List<String> lines = new ArrayList<>();
        line(lines, "session", Json.text(session, "id"));
        line(lines, "service", Json.text(session, "service"));
        line(lines, "state", state());
        line(lines, "started", Json.text(session, "startedAt"));
        line(lines, "took", took());
        line(lines, "caller", caller());
        if (isRemoved()) {
            line(lines, "request", Visible.inLine(requestLine(session.path("request"))));
            line(lines, "response", statusLine(session.path("response")));
            line(lines, "record", "removed");
        }
        line(lines, "upstream", Json.text(session, "upstream"));
        line(lines, "recorded", Json.text(session, "durability"));
        line(lines, "ledger", ledger());
        line(lines, "trace", Json.text(session, "traceId"));
        if (wide) {
            line(lines, "listener", Json.text(session, "listener"));
            line(lines, "node", Json.text(session, "node"));
            line(lines, "received", Json.text(session, "request", "receivedTarget"));
            line(lines, "retention", Json.text(session, "retention", "class"));
            for (String message : MESSAGES) {
                line(lines, "sha256", Json.text(session, message, "bodySha256"));
                line(lines, "digest", Json.text(session, message, "masking", "digest"));
                line(lines, "rules", Json.text(session, message, "masking", "rules"));
                places(lines, session.path(message).path("masking").path("places"));
            }
        }
        return lines;
    }

    private String ledger() {
        return switch (Json.text(session, "ledger", "state")) {
            case "intact" -> "entered as " + Json.text(session, "ledger", "index") + ", and unchanged since";
            case "changed" -> "CHANGED: the stored record is not the one that was entered; run hansard verify";
            case "missing" -> "MISSING: this record was never entered; run hansard verify";
            case "pending" -> "not entered yet";
            default -> "";
        };
    }

    /** Whether only the row is left of it. */
    boolean isRemoved() {
        return session.path("retention").path("recordRemoved").asBoolean(false);
    }

    private static void places(List<String> lines, JsonNode places) {
        for (JsonNode place : places) {
            line(lines, "masked", Visible.inLine(Json.text(place, "at")) + " by " + Json.text(place, "rule"));
        }
    }

    private static void line(List<String> lines, String name, String value) {
        if (!value.isEmpty()) {
            lines.add(TextWidth.padRight(name, 10) + value);
        }
    }

    private String state() {
        String code = Json.text(session, "code");
        String ending = Json.text(session, "ending").replace('_', ' ');
        String state = Json.text(session, "state");
        String detail = ending.equals(state) ? code : join(", ", ending, code);
        return detail.isEmpty() ? state : state + " (" + detail + ")";
    }

    private String took() {
        BigDecimal millis = Json.number(session, "durationMs");
        if (millis.signum() < 0) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        timing(parts, "connected after", "connectMs");
        timing(parts, "first byte after", "firstByteMs");
        String all = Figures.duration(millis.doubleValue());
        return parts.isEmpty() ? all : all + " (" + String.join(", ", parts) + ")";
    }

    private void timing(List<String> parts, String words, String name) {
        BigDecimal millis = Json.number(session, "timing", name);
        if (millis.signum() >= 0) {
            parts.add(words + " " + Figures.duration(millis.doubleValue()));
        }
    }

    private String caller() {
        String who = join("/", Json.text(session, "caller", "provider"), Json.text(session, "caller", "subject"));
        String address = Json.text(session, "callerAddress");
        return address.isEmpty() ? who : who + " from " + address;
    }

    private static String join(String separator, String left, String right) {
        return left.isEmpty() || right.isEmpty() ? left + right : left + separator + right;
    }

    /**
     * The start line and the fields of a message, each line marked with its direction, and what its content is like.
     */
    List<String> head(String message) {
        boolean request = message.equals("request");
        String mark = request ? "> " : "< ";
        JsonNode node = session.path(message);
        List<String> lines = new ArrayList<>();
        lines.add(mark + (request ? requestLine(node) : statusLine(node)));
        for (JsonNode field : node.path("headers")) {
            lines.add(mark + field(field));
        }
        for (JsonNode field : node.path("trailers")) {
            lines.add(mark + "(trailer) " + field(field));
        }
        lines.add(mark + "(" + describe(node) + ")");
        return lines;
    }

    private static String field(JsonNode field) {
        return Visible.inLine(field.path(0).asText("")) + ": "
                + Visible.inLine(field.path(1).asText(""));
    }

    private static String requestLine(JsonNode request) {
        return Json.text(request, "method") + " " + Json.text(request, "target");
    }

    private static String statusLine(JsonNode response) {
        int status = Json.number(response, "status").intValue();
        return status > 0 ? (status + " " + Json.text(response, "reason")).strip() : "(no response)";
    }

    private static String describe(JsonNode message) {
        long bytes = Math.max(0, Json.number(message, "bodyBytes").longValue());
        String size = bytes == 0 ? "no content" : Figures.size(bytes) + " of content";
        String masked = switch (Json.text(message, "maskStatus")) {
            case "masked" -> ", masked" + hits(message);
            case "withheld" -> ", withheld because it could not be masked safely" + reason(message);
            default -> "";
        };
        long kept = Json.number(message, "keptBytes").longValue();
        boolean truncated = message.path("truncated").asBoolean();
        return size + masked + (truncated && kept >= 0 ? ", truncated to " + Figures.size(kept) : "");
    }

    /** How often which rule has masked, as in {@code (pan 2, email 1)}. */
    private static String hits(JsonNode message) {
        List<String> hits = new ArrayList<>();
        message.path("masking")
                .path("hits")
                .properties()
                .forEach(hit -> hits.add(hit.getKey() + " " + hit.getValue().asInt()));
        return hits.isEmpty() ? "" : " (" + String.join(", ", hits) + ")";
    }

    private static String reason(JsonNode message) {
        String reason = Json.text(message, "masking", "reason");
        return reason.isEmpty() ? "" : " (" + reason + ")";
    }

    /** Whether the record keeps any content of a message. */
    boolean hasContent(String message) {
        JsonNode node = session.path(message);
        String length = node.path("keptBytes").isNumber() ? "keptBytes" : "bodyBytes";
        return Json.number(node, length).signum() > 0
                && !Json.text(node, "maskStatus").equals("withheld");
    }

    /** A content, or its beginning, as text; a note when it is none. */
    static String content(byte[] beginning, String id, String message) {
        if (!Content.isText(beginning)) {
            return "(not text; `hansard sessions body " + id + " " + message + " --out FILE` writes it to a file)";
        }
        var decoder = new Content.Decoder();
        String text = Visible.inBlock(decoder.decode(beginning)).stripTrailing();
        // The server cuts at the range that was asked for, so a full one may have more behind it.
        boolean more = beginning.length >= MOST_CONTENT_BYTES;
        return more ? text + "\n(and more: `hansard sessions body " + id + " " + message + "` writes all of it)" : text;
    }
}
