// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

import org.jspecify.annotations.Nullable;

/**
 * Looks for the injected values in one response on its way to the caller (invariant S3). Content comes as the upstream
 * sent it, in its content codings. Owned by the thread that reads the response. Once {@link #refusal} says something,
 * nothing more of the response may be sent.
 *
 * @since 0.1
 */
public interface ResponseGuard {
    /** Takes content and hands on what is harmless; what could be the beginning of a value waits for more. */
    void content(byte[] bytes, int offset, int length, Sink sink);

    /** Takes the end of the content and the trailer fields, and hands on the rest. */
    void end(Fields trailers, Sink sink);

    /** Whether the trailer fields may go to the caller; known after {@link #end}. */
    boolean passesTrailers();

    /** Why the response may not go on, as an answer in its place; null when it may. Known from the head on. */
    @Nullable
    Refusal refusal();

    /** Takes harmless content; valid until the call returns. */
    @FunctionalInterface
    interface Sink {
        void content(byte[] bytes, int offset, int length);
    }
}
