// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says who calls, by the head of the request and the connection that it came on. A listener asks its providers in the
 * order written until one recognises or refuses. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface IdentityProvider extends AutoCloseable {
    /** Begins work in the background, if there is any. Called once, before the first call of {@link #identify}. */
    default void start() {}

    /**
     * Decides on one call. It does no I/O that a caller could bring about at will, and where it has to wait, for at
     * most a few seconds. An exception is taken for a refusal with 503 and is counted.
     */
    Identification identify(Presented presented);

    /**
     * Names, in lower case, of the fields that may hold proof for this provider. Their values never reach the record,
     * whether the call was recognised or not.
     */
    default Set<String> credentialFields() {
        return Set.of();
    }

    /**
     * The challenges of an answer 401 when nobody recognised the call, each a value of {@code WWW-Authenticate} (RFC
     * 9110 section 11.6.1).
     */
    default List<String> challenges() {
        return List.of();
    }

    /** Where callers get tokens that this provider then recognises; null when there is no such place. */
    default @Nullable TokenGrant tokenGrant() {
        return null;
    }

    /** What someone who runs Hansard should know, such as keys that could not be fetched; empty when all is well. */
    default List<String> troubles() {
        return List.of();
    }

    /** Ends what {@link #start} began; no call is asked about after it. */
    @Override
    default void close() {}
}
