// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.http.upstream.UpstreamConnection;
import dev.hansard.http.wire.BodyFraming;
import dev.hansard.http.wire.HeadWriter;
import dev.hansard.ports.exchange.Call;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.ResponseHead;
import java.io.IOException;
import java.time.Duration;

/**
 * Puts the upstream's final response into the caller's output. Everything is flushed but what was decoded last: that
 * waits for the record.
 */
final class ResponseRelay {
    private final Call call;
    private final CallerOutput output;
    private final UpstreamConnection upstream;
    private final Duration idle;

    ResponseRelay(Call call, CallerOutput output, UpstreamConnection upstream, Duration idle) {
        this.call = call;
        this.output = output;
        this.upstream = upstream;
        this.idle = idle;
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
        while (!upstream.drain(chunked ? this::chunk : this::plain)) {
            output.flush();
            upstream.readMore(idle);
        }
        Fields trailers = upstream.decoder().trailers();
        boolean sent = call.responseEnd(trailers);
        if (chunked) {
            output.writer().lastChunk(sent ? trailers : null);
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
