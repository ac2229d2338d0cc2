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
}
