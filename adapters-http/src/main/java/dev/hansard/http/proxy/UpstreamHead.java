// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.http.wire.HeadWriter;
import dev.hansard.http.wire.RequestParser;
import dev.hansard.ports.exchange.Call;
import dev.hansard.ports.exchange.RequestHead;

/** Puts a request's head together as it goes to an upstream: from the call's plan, and from nothing else. */
final class UpstreamHead {
    private UpstreamHead() {}

    static void write(HeadWriter writer, RequestHead head, Call call, RequestParser received) {
        writer.clear();
        writer.requestLine(head.method(), call.upstreamTarget());
        writer.fields(head.fields(), call.requestPlan());
        switch (received.framing()) {
            case LENGTH -> writer.length(received.contentLength());
            case CHUNKED -> writer.chunked();
            case NONE, UNTIL_CLOSE -> {
                // A request without content has no framing field (RFC 9112 section 6.3).
            }
        }
        writer.end();
    }
}
