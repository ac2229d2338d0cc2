// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.hansard.ports.exchange.RequestHead;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The hot path makes no garbage but the texts that somebody asks for. */
final class CodecAllocationTest {
    private static final int WARM_UP = 20_000;
    private static final int MESSAGES = 20_000;
    private static final int MOST_BYTES = 200;

    private static final byte[] REQUEST = Raw.message(
                    "POST /v1/orders?page=2&limit=50 HTTP/1.1",
                    "{\"hello\": true}",
                    "Host: orders.internal.test:8443",
                    "User-Agent: billing/2.4 (linux; amd64)",
                    "Accept: application/json",
                    "Accept-Encoding: gzip, deflate, br",
                    "Authorization: Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJiaWxsaW5nIn0.c2lnbmF0dXJl",
                    "Content-Type: application/json",
                    "Content-Length: 15",
                    "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                    "X-Request-Id: 7f1c9c1e-5f5f-4e0a-9d53-0d8f3a4b0c55",
                    "Connection: keep-alive")
            .getBytes(ISO_8859_1);
    private static final byte[] RESPONSE = Raw.message(
                    "HTTP/1.1 201 Created",
                    "5\r\nhello\r\n0\r\n\r\n",
                    "Date: Mon, 23 Nov 2026 02:00:00 GMT",
                    "Server: orders/1.9",
                    "Content-Type: application/json",
                    "Location: /v1/orders/42",
                    "Transfer-Encoding: chunked")
            .getBytes(ISO_8859_1);

    private final RequestParser requests = new RequestParser(WireLimits.DEFAULT);
    private final ResponseParser responses = new ResponseParser(WireLimits.DEFAULT);
    private final BodyDecoder decoder = new BodyDecoder(WireLimits.DEFAULT);
    private final HeadWriter writer = new HeadWriter();
    private final BodyDecoder.ContentSink sink = writer::content;
    private long printed;

    @Test
    void takesAndSendsOnAnExchangeWithoutGarbage() throws IOException {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        exchange(WARM_UP);

        long before = threads.getCurrentThreadAllocatedBytes();
        exchange(MESSAGES);
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / MESSAGES;

        assertThat(printed).isPositive();
        // The text of the request's target is asked for, once per message.
        assertThat(each).isLessThan(MOST_BYTES);
    }

    private void exchange(int times) throws IOException {
        for (int time = 0; time < times; time++) {
            sendOnRequest();
            sendOnResponse();
        }
    }

    private void sendOnRequest() throws IOException {
        requests.reset();
        assertStep(requests.parse(REQUEST, 0, REQUEST.length));
        RequestHead head = requests.head();
        writer.clear();
        writer.requestLine(head.method(), head.target());
        writer.fields(head.fields(), Printer.ALL);
        writer.length(requests.contentLength());
        writer.end();
        decoder.begin(requests.framing(), requests.contentLength());
        assertStep(decoder.decode(REQUEST, requests.headEnd(), REQUEST.length, sink));
        printed += writer.length();
    }

    private void sendOnResponse() throws IOException {
        responses.reset("POST");
        assertStep(responses.parse(RESPONSE, 0, RESPONSE.length));
        writer.clear();
        writer.statusLine(responses.head().status(), responses.head().reason());
        writer.fields(responses.head().fields(), Printer.ALL);
        writer.chunked();
        writer.end();
        decoder.begin(responses.framing(), responses.contentLength());
        assertStep(decoder.decode(RESPONSE, responses.headEnd(), RESPONSE.length, sink));
        writer.lastChunk(null);
        printed += writer.length();
    }

    private static void assertStep(Step step) {
        if (step != Step.DONE) {
            throw new AssertionError(step);
        }
    }
}
