// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionDesk;
import dev.hansard.ports.session.Sessions;
import io.helidon.http.HeaderNames;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Hands out recorded bodies, whole or in part, in constant memory. They are hostile content, so always a download of an
 * unknown kind: what kind its sender said it was stands in a field of ours that no browser acts on.
 */
final class BodyReads {
    private static final int MAX_SHOWN = 256;
    private static final int BUFFER_BYTES = 16 * 1024;

    private final SessionDesk desk;
    private final long decodedLimit;

    BodyReads(SessionDesk desk, long decodedLimit) {
        this.desk = desk;
        this.decodedLimit = decodedLimit;
    }

    void body(Exchange exchange) throws IOException {
        Direction direction = switch (exchange.pathPart("message")) {
            case "request" -> Direction.REQUEST;
            case "response" -> Direction.RESPONSE;
            default -> throw RefusedException.notFound();
        };
        QueryParameters query = exchange.query("view", "evidence");
        String view = query.get("view", "raw");
        Sessions.Doubt doubt = doubt(query.get("evidence", "required"));
        Sessions sessions = desk.of(exchange.visitor());
        Session session = SessionReads.find(sessions, exchange.pathPart("id"));
        Body body = switch (view) {
            case "raw" -> new Body(sessions, session, direction, doubt, false);
            case "decoded" -> new Body(sessions, session, direction, doubt, true);
            default -> throw RefusedException.invalidParameter("Parameter 'view' must be raw or decoded.");
        };
        body.send(exchange);
    }

    private static Sessions.Doubt doubt(String word) {
        return switch (word) {
            case "required" -> Sessions.Doubt.REFUSE;
            case "ignored" -> Sessions.Doubt.SHOW;
            default -> throw RefusedException.invalidParameter("Parameter 'evidence' must be required or ignored.");
        };
    }

    /** One body as one view shows it. */
    private final class Body {
        private final Sessions sessions;
        private final Session session;
        private final Direction direction;
        private final Sessions.Doubt doubt;
        private final RecordedMessage message;
        private final ContentCoding coding;
        private final String tag;

        Body(Sessions sessions, Session session, Direction direction, Sessions.Doubt doubt, boolean isDecoded) {
            this.sessions = sessions;
            this.session = session;
            this.direction = direction;
            this.doubt = doubt;
            this.message = direction == Direction.REQUEST ? session.request() : session.response();
            boolean isCoded =
                    isDecoded && message.keptBytes() > 0 && !message.masking().decoded();
            this.coding = ContentCoding.of(isCoded ? values("content-encoding") : List.of());
            this.tag = EntityTag.of((session.id() + " " + direction + " " + isDecoded + " " + message + session.state())
                    .getBytes(StandardCharsets.UTF_8));
        }

        void send(Exchange exchange) throws IOException {
            exchange.setField(new Field("ETag", tag));
            if (EntityTag.isAmong(tag, exchange.field(HeaderNames.IF_NONE_MATCH))) {
                exchange.send(304);
                return;
            }
            long length = length();
            String condition = exchange.field(HeaderNames.IF_RANGE);
            boolean isSame = condition == null || condition.strip().equals(tag);
            ByteRange range = ByteRange.of(isSame ? exchange.field(HeaderNames.RANGE) : null, length);
            exchange.setField(new Field("Accept-Ranges", "bytes"));
            switch (range) {
                case ByteRange.Whole(long all) -> send(exchange, 200, 0, all);
                case ByteRange.Part(long first, long count) -> {
                    String part = "bytes " + first + "-" + (first + count - 1) + "/" + length;
                    exchange.setField(new Field("Content-Range", part));
                    send(exchange, 206, first, count);
                }
                case ByteRange.Unsatisfiable() ->
                    throw new RefusedException(
                            416,
                            "range_not_satisfiable",
                            "The body has " + length + " bytes; ask for a range within.",
                            new Field("Content-Range", "bytes */" + length));
            }
        }

        private long length() throws IOException {
            if (coding.isIdentity()) {
                return message.keptBytes();
            }
            try (InputStream kept = open()) {
                return coding.measure(kept, message.keptBytes(), message.truncated(), decodedLimit);
            }
        }

        private void send(Exchange exchange, int status, long first, long count) throws IOException {
            String name = session.id() + "-" + direction.name().toLowerCase(Locale.ROOT) + ".bin";
            exchange.setField(new Field("Content-Disposition", "attachment; filename=\"" + name + "\""));
            exchange.setField(new Field("Hansard-Truncated", Boolean.toString(message.truncated())));
            exchange.setField(
                    new Field("Hansard-Mask-Status", message.maskStatus().name().toLowerCase(Locale.ROOT)));
            exchange.setField(new Field(
                    "Hansard-Evidence",
                    sessions.standing(session.id()).state().name().toLowerCase(Locale.ROOT)));
            setShown(exchange, "Hansard-Content-Type", "content-type");
            setShown(exchange, "Hansard-Content-Encoding", "content-encoding");
            if (exchange.isHead() || count == 0) {
                exchange.stream(status, "application/octet-stream", count, out -> {});
                return;
            }
            try (InputStream kept = open();
                    InputStream content = coding.decode(kept)) {
                content.skipNBytes(first);
                exchange.stream(status, "application/octet-stream", count, out -> copy(content, out, count));
            }
        }

        private InputStream open() {
            return sessions.openBody(session.id(), direction, doubt).orElseThrow(RefusedException::notFound);
        }

        private void copy(InputStream content, OutputStream out, long count) throws IOException {
            var buffer = new byte[BUFFER_BYTES];
            for (long left = count; left > 0; ) {
                int n = content.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (n < 0) {
                    throw new EOFException("The record of " + session.id() + " holds less than it says");
                }
                out.write(buffer, 0, n);
                left -= n;
            }
        }

        /** Shows a recorded field in one of ours: visible ASCII of a bounded length, or not at all. */
        private void setShown(Exchange exchange, String name, String recorded) {
            String value = String.join(", ", values(recorded));
            boolean isPlain = value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
            if (!value.isEmpty() && value.length() <= MAX_SHOWN && isPlain) {
                exchange.setField(new Field(name, value));
            }
        }

        private List<String> values(String lowerCaseName) {
            return message.headers().stream()
                    .filter(field -> field.name().toLowerCase(Locale.ROOT).equals(lowerCaseName))
                    .map(Field::value)
                    .toList();
        }
    }
}
