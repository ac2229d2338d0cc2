// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.http.upstream.UpstreamConnection;
import dev.hansard.http.upstream.UpstreamException;
import dev.hansard.http.wire.BodyDecoder;
import dev.hansard.http.wire.BodyFraming;
import dev.hansard.http.wire.HeadWriter;
import dev.hansard.ports.exchange.Call;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.ResponseGuard;
import dev.hansard.ports.exchange.ResponseHead;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Puts the upstream's final response into the caller's output. Everything is flushed but what was decoded last: that
 * waits for the record.
 */
final class ResponseRelay {
    private final Call call;
    private final CallerOutput output;
    private final UpstreamConnection upstream;
    private final Duration idle;
    private final @Nullable ResponseGuard guard;
    private boolean flushed;

    /** @param guard looks through the content; null where there is nothing to look for */
    ResponseRelay(
            Call call, CallerOutput output, UpstreamConnection upstream, Duration idle, @Nullable ResponseGuard guard) {
        this.call = call;
        this.output = output;
        this.upstream = upstream;
        this.idle = idle;
        this.guard = guard;
    }

    /** Whether some of the response may have gone out, so that no other can take its place. */
    boolean hasFlushed() {
        return flushed;
    }

    void head(ResponseHead head, boolean keepAlive) {
        HeadWriter writer = output.writer();
        writer.clear();
        writer.statusLine(head.status(), head.reason());
        writer.fields(head.fields(), call.respond(head));
        if (!keepAlive) {
            writer.field("Connection", "close");
        }
        switch (upstream.framing()) {
            case LENGTH -> writer.length(upstream.contentLength());
            // The end of the connection says nothing to a caller who keeps his: a last chunk does.
            case CHUNKED, UNTIL_CLOSE -> writer.chunked();
            case NONE -> lengthWithoutContent(writer, head.status());
        }
        writer.end();
    }

    /**
     * HEAD and 304 tell the length that the content would have; 205 has to say that it has none (RFC 9110 section
     * 15.3.6).
     */
    private void lengthWithoutContent(HeadWriter writer, int status) {
        if (status == 204 || status < 200) {
            return;
        }
        if (upstream.contentLength() >= 0) {
            writer.length(upstream.contentLength());
        }
    }

    void content() throws IOException {
        upstream.beginBody();
        boolean chunked = upstream.framing() == BodyFraming.CHUNKED || upstream.framing() == BodyFraming.UNTIL_CLOSE;
        BodyDecoder.ContentSink out = chunked ? this::chunk : this::plain;
        while (!upstream.drain(guard == null ? out : guarded(guard, out))) {
            refuseReflected();
            flushed = true;
            output.flush();
            upstream.readMore(idle);
        }
        Fields trailers = upstream.decoder().trailers();
        if (guard != null) {
            guard.end(trailers, sink(out));
            refuseReflected();
        }
        boolean sent = call.responseEnd(trailers) && (guard == null || guard.passesTrailers());
        if (chunked) {
            output.writer().lastChunk(sent ? trailers : null);
        }
    }

    private static BodyDecoder.ContentSink guarded(ResponseGuard guard, BodyDecoder.ContentSink out) {
        ResponseGuard.Sink sink = sink(out);
        return (bytes, offset, length) -> guard.content(bytes, offset, length, sink);
    }

    private static ResponseGuard.Sink sink(BodyDecoder.ContentSink out) {
        return (bytes, offset, length) -> {
            try {
                out.content(bytes, offset, length);
            } catch (IOException e) {
                throw new IllegalStateException("a sink that does no I/O failed", e);
            }
        };
    }

    private void refuseReflected() throws UpstreamException {
        Refusal refusal = guard == null ? null : guard.refusal();
        if (refusal != null) {
            throw new UpstreamException(refusal.status(), refusal.code(), refusal.detail());
        }
    }

    private void plain(byte[] bytes, int offset, int length) {
        call.responseBody(bytes, offset, length);
        output.writer().content(bytes, offset, length);
    }

    private void chunk(byte[] bytes, int offset, int length) {
        call.responseBody(bytes, offset, length);
        HeadWriter writer = output.writer();
        writer.chunkHead(length);
        writer.content(bytes, offset, length);
        writer.chunkTail();
    }
}
