// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

import org.jspecify.annotations.Nullable;

/**
 * Looks at the bytes of one request as they are sent and tells, before the last of them, whether they are what people
 * approved (invariant S8). The order is one {@link #head}, any number of {@link #content}, one {@link #verdict}. Owned
 * by whoever sends; an attempt to send again takes a new one.
 *
 * @since 0.1
 */
public interface OutgoingProof {
    /** The head as it is serialised, with the empty line at its end. */
    void head(byte[] bytes, int offset, int length);

    /** A part of the content, without its transfer coding. */
    void content(byte[] bytes, int offset, int length);

    /**
     * What is to be done, now that all but the last bytes may have been sent.
     *
     * @return null when the request is what was approved; else the last bytes must not be sent, the connection to the
     *     upstream ends, and the caller gets this
     */
    @Nullable
    Refusal verdict();
}
