// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hansard.ports.audit.AuditEvent;
import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Presented;
import dev.hansard.ports.identity.SignedIn;
import dev.hansard.ports.identity.Visitor;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
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

    /** The most bytes of a request's content. */
    static final int MAX_CONTENT_BYTES = 64 * 1024;

    /** The most bytes of a form, which holds what an identity provider says of a person. */
    static final int MAX_FORM_BYTES = 512 * 1024;

    /** The name of this listener, where one is asked for. */
    private static final String ADMIN = "admin";

    private static final HeaderName REASON = HeaderNames.create("Hansard-Reason");
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ServerRequest request;
    private final ServerResponse response;
    private final List<String> cookies = new ArrayList<>();
    private boolean isStarted;
    private @Nullable Visitor visitor;
    private @Nullable SignedIn signedIn;
    private BooleanSupplier known = () -> false;

    Exchange(ServerRequest request, ServerResponse response) {
        this.request = request;
        this.response = response;
    }

    /** What identity providers look at. */
    Presented presented() {
        var arrival = new Arrival(ADMIN, peer(), false);
        String host = field(HeaderNames.HOST);
        return new Presented(
                new AdminHead(request), arrival, host == null ? "" : host.toLowerCase(Locale.ROOT), rawPath());
    }

    /** Textual IP address of the peer. */
    String peer() {
        return request.remotePeer().address() instanceof InetSocketAddress peer && peer.getAddress() != null
                ? peer.getAddress().getHostAddress()
                : request.remotePeer().host();
    }

    /**
     * Somebody was let in.
     *
     * @param session the session by which they are known; null when it is something else
     * @param isStillKnown whether they would be let in now, too
     */
    void enter(Access access, @Nullable SignedIn session, BooleanSupplier isStillKnown) {
        String reason = field(REASON);
        if (reason != null && (reason.isBlank() || reason.length() > AuditEvent.LONGEST_REASON)) {
            throw new RefusedException(
                    400,
                    "invalid_reason",
                    "Hansard-Reason must have 1 to " + AuditEvent.LONGEST_REASON + " characters.");
        }
        visitor = new Visitor(access, peer(), reason);
        signedIn = session;
        known = isStillKnown;
    }

    /** Whether who was let in would be let in now, too; for answers that last. */
    boolean isStillKnown() {
        return known.getAsBoolean();
    }

    /** Who asks. */
    Visitor visitor() {
        if (visitor == null) {
            throw new IllegalStateException("nobody was let in");
        }
        return visitor;
    }

    /** The session by which the visitor is known; null when it is something else. */
    @Nullable
    SignedIn signedIn() {
        return signedIn;
    }

    /** The content as a JSON object that has no members but these. */
    JsonNode content(List<String> known) {
        try (InputStream in = request.content().inputStream()) {
            JsonNode content = STRICT.readTree(in.readNBytes(MAX_CONTENT_BYTES + 1));
            if (content == null || !content.isObject()) {
                throw RefusedException.invalidContent("The content must be a JSON object.");
            }
            for (var member : content.properties()) {
                if (!known.contains(member.getKey())) {
                    throw RefusedException.invalidContent(
                            "There is a member that is not known; known are " + String.join(", ", known) + ".");
                }
            }
            return content;
        } catch (IOException _) {
            throw RefusedException.invalidContent("The content must be a JSON object of at most 64 KiB.");
        }
    }

    /** The fields of a form, whatever they are: a provider may add its own. */
    Map<String, String> form() {
        String type = field(HeaderNames.CONTENT_TYPE);
        String essence = type == null ? "" : type.split(";", 2)[0].strip();
        if (!essence.equalsIgnoreCase("application/x-www-form-urlencoded")) {
            throw new RefusedException(
                    415, "unsupported_media_type", "The content must be a form: application/x-www-form-urlencoded.");
        }
        try (InputStream in = request.content().inputStream()) {
            byte[] form = in.readNBytes(MAX_FORM_BYTES + 1);
            if (form.length > MAX_FORM_BYTES) {
                throw new RefusedException(
                        413, "content_too_large", "A form must have at most " + MAX_FORM_BYTES + " bytes.");
            }
            return QueryParameters.all(new String(form, StandardCharsets.ISO_8859_1));
        } catch (IOException _) {
            throw RefusedException.invalidContent("The form did not arrive whole.");
        }
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

    /** The parameters of the query, whatever they are: a provider may add its own. */
    Map<String, String> everyParameter() {
        return QueryParameters.all(request.prologue().query().rawValue());
    }

    /** Whether the head of the answer is on its way, so that no other answer can be given. */
    boolean isStarted() {
        return isStarted;
    }

    void send(Answer answer) {
        start(answer.status(), answer.mediaType());
        answer.fields().forEach(this::setField);
        if (isHead()) {
            setField(new Field("Content-Length", Integer.toString(answer.length())));
            response.send();
        } else {
            response.send(answer.content());
        }
    }

    /** An answer without content: 204 or 304. */
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

    /** Takes back the fields set so far, for another answer than the one begun; but cookies stay. */
    void restart() {
        response.headers().clear();
        sendCookies();
    }

    /** Adds a cookie to whatever the answer will be. Only before it has started. */
    void addCookie(String cookie) {
        cookies.add(cookie);
        sendCookies();
    }

    private void sendCookies() {
        if (!cookies.isEmpty()) {
            response.headers().set(HeaderValues.create(HeaderNames.SET_COOKIE, cookies));
        }
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
