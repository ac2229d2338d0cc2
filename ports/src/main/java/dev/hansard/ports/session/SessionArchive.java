// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import dev.hansard.ports.value.SessionId;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads sessions back whole, wherever their frames lie. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface SessionArchive {
    /** The session, or empty when it is unknown. */
    Optional<Session> find(SessionId id);

    /**
     * The kept content of one message, masked, in its content coding as sent. The caller closes it. Empty when the
     * session is unknown.
     *
     * @throws StorageException when its frames are missing or damaged
     */
    Optional<InputStream> openBody(SessionId id, Direction direction);

    /**
     * The record of a session as it is stored, whatever it holds; empty when the session is unknown. The caller closes
     * its bytes.
     *
     * @throws StorageException when its frames are missing
     */
    default Optional<StoredRecord> openRecord(SessionId id) {
        return Optional.empty();
    }

    /**
     * A stored record.
     *
     * @param sequence its place in the order of records of its node, as it says itself
     * @param bytes all of them
     * @since 0.1
     */
    record StoredRecord(long sequence, InputStream bytes) {}
}
