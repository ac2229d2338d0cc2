// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.approval;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.session.MaskStatus;
import dev.hansard.ports.value.ServiceName;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as those see it who are asked about it: as it will be sent, and masked.
 *
 * @param caller who makes it
 * @param authority the host and port that the caller asked for
 * @param target as the target gets it, in origin-form
 * @param headers that will be sent, but for those that Hansard makes anew when it sends them
 * @param bodyBytes how long the content is
 * @param body the beginning of it, at most {@value #MOST_BODY_BYTES} bytes; cannot be written to
 * @param maskStatus what masking did with it
 * @param maskReason why the content was withheld; null when it was not
 * @param upstreams the targets that it may go to
 * @since 0.1
 */
public record AskedRequest(
        ServiceName service,
        Caller caller,
        String listener,
        String method,
        String authority,
        String target,
        List<Field> headers,
        long bodyBytes,
        ByteBuffer body,
        MaskStatus maskStatus,
        @Nullable String maskReason,
        List<String> upstreams) {
    /** The most of a content that people are shown. */
    public static final int MOST_BODY_BYTES = 64 * 1024;

    public AskedRequest {
        headers = List.copyOf(headers);
        upstreams = List.copyOf(upstreams);
        body = body.asReadOnlyBuffer();
    }

    /** A view of the content's beginning with a position of its own. */
    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }

    /** Whether there is more of the content than {@link #body} holds. */
    public boolean isCut() {
        return body.remaining() == MOST_BODY_BYTES && bodyBytes > MOST_BODY_BYTES;
    }

    /** The same without what the messages hold, for those who may only know that there is one. */
    public AskedRequest withoutContent() {
        return new AskedRequest(
                service,
                caller,
                listener,
                method,
                authority,
                target,
                headers,
                bodyBytes,
                ByteBuffer.allocate(0),
                maskStatus,
                maskReason,
                upstreams);
    }
}
