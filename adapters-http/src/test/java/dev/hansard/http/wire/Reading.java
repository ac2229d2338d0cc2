// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import dev.hansard.ports.exchange.Field;
import java.util.List;

/** All that the codec told of one message: equal readings are the same reading. */
sealed interface Reading {
    /**
     * A whole message.
     *
     * @param start the parts of the start line
     * @param persistent whether the connection may be used again
     * @param waits whether 100 (Continue) is waited for
     * @param interims the codes of the interim responses before it
     * @param length how many bytes it took
     */
    record Message(
            List<String> start,
            List<Field> fields,
            BodyFraming framing,
            long contentLength,
            boolean persistent,
            boolean waits,
            List<Integer> interims,
            String content,
            List<Field> trailers,
            int length)
            implements Reading {}

    record Fault(WireFault fault, boolean inContent) implements Reading {}

    record Unfinished() implements Reading {}
}
