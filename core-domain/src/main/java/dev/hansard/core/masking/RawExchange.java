// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import dev.hansard.core.masking.exact.ExactValues;
import dev.hansard.ports.session.Session;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * An exchange as it was seen, with nothing masked yet. It never leaves the core: {@link MaskingProgram} makes of it
 * what may be stored. The buffers are valid until its record is made.
 *
 * @param injected the values that Hansard put into the request; no record holds them
 */
public record RawExchange(
        Session session, List<ByteBuffer> requestBody, List<ByteBuffer> responseBody, ExactValues injected) {
    /** One that no credential was put into. */
    public RawExchange(Session session, List<ByteBuffer> requestBody, List<ByteBuffer> responseBody) {
        this(session, requestBody, responseBody, ExactValues.NONE);
    }

    public RawExchange {
        requestBody = List.copyOf(requestBody);
        responseBody = List.copyOf(responseBody);
    }

    /** The same without contents, which are said to be cut. */
    public RawExchange withoutContent() {
        return new RawExchange(
                session.withMessages(
                        session.request().withoutContent(), session.response().withoutContent()),
                List.of(),
                List.of());
    }

    /** Nothing of a raw exchange is ever printed. */
    @Override
    public String toString() {
        return "RawExchange[" + session.id() + "]";
    }
}
