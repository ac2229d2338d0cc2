// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.exchange.Field;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request to the admin listener and its answer. Every answer goes through here, so that each has the security
 * fields and that HEAD gets what GET would get, without the content. Owned by the thread of its connection.
 */
final class Exchange {
    /** On every answer: nothing is rendered, cached, framed, or readable from another site. */
    static final List<Field> SECURITY_FIELDS = List.of(
            new Field("Cache-Control", "no-store"),
            new Field("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
            new Field("Cross-Origin-Resource-Policy", "same-origin"),
            new Field("Referrer-Policy", "no-referrer"),
            new Field("X-Content-Type-Options", "nosniff"),
            new Field("X-Frame-Options", "DENY"));

    private static final int BUFFER_BYTES = 16 * 1024;

    private final ServerRequest request;
    private final ServerResponse response;
    private boolean isStarted;

    Exchange(ServerRequest request, ServerResponse response) {
        this.request = request;
        this.response = response;
    }

    String method() {
        return request.prologue().method().text();
    }

    boolean isHead() {
        return request.prologue().method().equals(Method.HEAD);
    }

    /** The value of a field of the request; null when it is absent. Several lines are joined with commas. */
    @Nullable
    String field(HeaderName name) {
        return request.headers().contains(name)
                ? String.join(",", request.headers().get(name).allValues())
                : null;
    }

    /** The part of the path that the template of the route calls {@code name}. */
    String pathPart(String name) {
        return request.path().pathParameters().get(name);
    }

    String rawPath() {
        return request.prologue().uriPath().rawPath();
    }

    QueryParameters query(String... known) {
        return QueryParameters.parse(request.prologue().query().rawValue(), List.of(known));
    }

    /** Whether the head of the answer is on its way, so that no other answer can be given. */
    boolean isStarted() {
        return isStarted;
    }

    void send(Answer answer) {
        answer.fields().forEach(this::setField);
        start(answer.status(), answer.mediaType());
        if (isHead()) {
            setField(new Field("Content-Length", Integer.toString(answer.length())));
            response.send();
        } else {
            response.send(answer.content());
        }
    }

    /** An answer without content: 304. */
    void send(int status) {
        SECURITY_FIELDS.forEach(this::setField);
        isStarted = true;
        response.status(Status.create(status)).send();
    }

    /**
     * Sends content as {@code writer} makes it, in constant memory.
     *
     * @param length bytes of the content; -1 when it is not known, the answer is chunked then
     */
    void stream(int status, String mediaType, long length, ContentWriter writer) throws IOException {
        start(status, mediaType);
        if (isHead()) {
            setField(new Field("Content-Length", Long.toString(length >= 0 ? length : CountingStream.count(writer))));
            response.send();
            return;
        }
        if (length >= 0) {
            setField(new Field("Content-Length", Long.toString(length)));
        }
        try (var out = new BufferedOutputStream(response.outputStream(), BUFFER_BYTES)) {
            writer.writeTo(out);
        }
    }

    /** Takes back the fields set so far, for another answer than the one begun. */
    void restart() {
        response.headers().clear();
    }

    /** Sets a field of the answer. Only before it has started. */
    void setField(Field field) {
        response.header(field.name(), field.value());
    }

    private void start(int status, String mediaType) {
        SECURITY_FIELDS.forEach(this::setField);
        setField(new Field("Content-Type", mediaType));
        response.status(Status.create(status));
        isStarted = true;
    }

    /** Says that the connection cannot be used again after this answer. */
    void closeAfterwards() {
        response.headers().set(HeaderNames.CONNECTION, "close");
    }

    boolean isClosedAfterwards() {
        return "close"
                .equalsIgnoreCase(
                        response.headers().first(HeaderNames.CONNECTION).orElse(""));
    }

    /** Makes the content of an answer. */
    @FunctionalInterface
    interface ContentWriter {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Tells HEAD how long the content of GET would be. */
    private static final class CountingStream extends OutputStream {
        private long count;

        static long count(ContentWriter writer) throws IOException {
            var counting = new CountingStream();
            writer.writeTo(counting);
            return counting.count;
        }

        @Override
        public void write(int b) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }
}
