// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.http.deadline.Deadline;
import dev.hansard.http.problem.ProblemDocument;
import dev.hansard.http.wire.AgentProtocol;
import dev.hansard.http.wire.HeadWriter;
import dev.hansard.ports.exchange.CarriedResponse;
import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.OwnAnswer;
import dev.hansard.ports.exchange.OwnDesk;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.value.SessionId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What goes to a caller. Owned by the connection's thread. */
final class CallerOutput {
    private final CallerSocket socket;
    private final Deadline writing;
    private final Duration idle;
    private final boolean isAgents;
    private final HeadWriter writer = new HeadWriter();

    /**
     * @param writing closes the connection when it passes
     * @param idle longest time without progress of one write
     * @param isAgents whether it goes to a gateway, which has to tell our own answers from those of targets
     */
    CallerOutput(CallerSocket socket, Deadline writing, Duration idle, boolean isAgents) {
        this.isAgents = isAgents;
        this.socket = socket;
        this.writing = writing;
        this.idle = idle;
    }

    /** Where the answer is put together; emptied by {@link #flush}. */
    HeadWriter writer() {
        return writer;
    }

    void flush() throws CallerException {
        int length = writer.length();
        if (length == 0) {
            return;
        }
        writing.set(idle);
        try {
            write(writer.bytes(), length);
        } catch (IOException e) {
            throw new CallerException(writing.hasPassed() ? Ending.CALLER_TOO_SLOW : Ending.CALLER_ABORTED, e);
        } finally {
            writing.clear();
            writer.clear();
        }
    }

    /** In pieces, so that a slow reader shows progress where one large write would look like none. */
    private void write(byte[] bytes, int length) throws IOException {
        for (int from = 0; from < length; from += PIECE_BYTES) {
            if (from > 0) {
                writing.set(idle);
            }
            socket.write(bytes, from, Math.min(PIECE_BYTES, length - from));
        }
    }

    private static final int PIECE_BYTES = 16 * 1024;

    /** Puts together a problem document as the answer. */
    void problem(Refusal refusal, @Nullable SessionId session, boolean withContent, boolean close) {
        byte[] content = ProblemDocument.bytes(
                refusal.status(), refusal.code(), refusal.detail(), session == null ? null : session.toString());
        writer.clear();
        writer.statusLine(refusal.status(), StatusReason.of(refusal.status()));
        for (Field field : refusal.fields()) {
            writer.field(field.name(), field.value());
        }
        if (isAgents) {
            writer.field(AgentProtocol.REFUSAL, refusal.code() + " " + sentence(refusal.detail()));
        }
        writer.field("Content-Type", ProblemDocument.MEDIA_TYPE);
        writer.field("Cache-Control", "no-store");
        if (session != null) {
            writer.field("Hansard-Session", session.toString());
        }
        if (close) {
            writer.field("Connection", "close");
        }
        writer.length(content.length);
        writer.end();
        if (withContent) {
            writer.content(content, 0, content.length);
        }
    }

    private static String sentence(String detail) {
        String text = detail.replaceAll("[^ -~]", "?");
        return text.substring(0, Math.min(text.length(), AgentProtocol.REFUSAL_BYTES));
    }

    /** Tells the gateway that no further request is to come; one that is on its way is served. */
    void leaving() throws CallerException {
        writer.statusLine(AgentProtocol.LEAVING, "Leaving");
        writer.field(AgentProtocol.LEAVING_FIELD, "1");
        writer.end();
        flush();
    }

    void reply(OwnDesk.Reply reply, @Nullable SessionId session, boolean withContent, boolean close) {
        byte[] content = reply.content().getBytes(StandardCharsets.UTF_8);
        writer.clear();
        writer.statusLine(reply.status(), StatusReason.of(reply.status()));
        writer.field("Content-Type", reply.mediaType());
        writer.field("Cache-Control", "no-store");
        writer.field("X-Content-Type-Options", "nosniff");
        reply.fields().forEach(field -> writer.field(field.name(), field.value()));
        if (session != null) {
            writer.field("Hansard-Session", session.toString());
        }
        if (close) {
            writer.field("Connection", "close");
        }
        writer.length(content.length);
        writer.end();
        if (withContent) {
            writer.content(content, 0, content.length);
        }
    }

    /** Puts together a response that was kept. */
    void carried(CarriedResponse response, SessionId session, boolean withContent, boolean close) {
        writer.clear();
        writer.statusLine(response.status(), response.reason());
        response.fields().forEach(field -> writer.field(field.name(), field.value()));
        writer.field("Hansard-Session", session.toString());
        if (close) {
            writer.field("Connection", "close");
        }
        ByteBuffer content = response.content();
        boolean mayHaveContent = response.status() != 204 && response.status() != 304;
        if (mayHaveContent) {
            writer.length(content.remaining());
        }
        writer.end();
        if (mayHaveContent && withContent) {
            byte[] bytes = new byte[content.remaining()];
            content.get(bytes);
            writer.content(bytes, 0, bytes.length);
        }
    }

    void publish(OwnAnswer answer, boolean withContent, boolean close) {
        byte[] content = answer.content().getBytes(StandardCharsets.US_ASCII);
        writer.clear();
        writer.statusLine(200, StatusReason.of(200));
        writer.field("Content-Type", answer.mediaType());
        writer.field("Cache-Control", "public, max-age=" + answer.maxAgeSeconds());
        writer.field("X-Content-Type-Options", "nosniff");
        if (close) {
            writer.field("Connection", "close");
        }
        writer.length(content.length);
        writer.end();
        if (withContent) {
            writer.content(content, 0, content.length);
        }
    }
}
