// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.upstream;

import dev.hansard.http.wire.HeadWriter;
import dev.hansard.ports.exchange.ResponseHead;
import java.io.IOException;
import java.time.Duration;

/** Asks an agent over one of its connections whether it is still there. */
final class Heartbeat {
    /** What an answer may have of content: none is needed. */
    private static final int MOST_BYTES = 1_024;

    private Heartbeat() {}

    /**
     * Returns when it has answered.
     *
     * @throws UpstreamException when it has not, or not so that the connection could be used again
     */
    static void ask(UpstreamConnection connection, Duration limit) throws UpstreamException {
        connection.expectResponse("OPTIONS");
        HeadWriter writer = connection.writer();
        writer.clear();
        writer.requestLine("OPTIONS", "*");
        writer.field("Host", connection.address().host());
        writer.end();
        connection.send(limit);
        connection.awaitHeadWithin(limit);
        ResponseHead head = connection.readHead();
        if (head.status() / 100 != 2) {
            throw new UpstreamException(502, "agent_invalid", "The agent answered a heartbeat with " + head.status());
        }
        connection.beginBody();
        var count = new int[1];
        try {
            while (!connection.drain((_, _, length) -> count[0] += length) && count[0] <= MOST_BYTES) {
                connection.readMore(limit);
            }
        } catch (IOException e) {
            throw e instanceof UpstreamException known
                    ? known
                    : new UpstreamException(502, "agent_lost", "It broke off.");
        }
    }
}
