// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The register of legal holds. What happened is only ever added to it, and is durable when a method returns. Safe for
 * any number of threads.
 *
 * @since 0.1
 */
public interface Holds {
    /** The most holds, those that were removed included. */
    int MOST = 10_000;

    /** The most sessions of one hold. */
    int MOST_SESSIONS = 1_000_000;

    /** All of them, the newest first. */
    List<Hold> list();

    /**
     * Adds a hold with its sessions, whole or not at all.
     *
     * @throws dev.hansard.ports.value.InvalidValueException when there are too many, or one with its id
     */
    void place(Hold hold, Collection<HeldSession> sessions);

    /**
     * Adds an event to a hold. With the one that removes it, its sessions are not held by it any more.
     *
     * @param before how many events it had when this was decided
     * @return false when it has others by now, so that it has to be decided anew
     */
    boolean add(String id, int before, HoldEvent event);

    /**
     * Does something while nobody else does who shares the register, at this node or another: holds are placed and
     * sessions removed by turns, so that nothing goes that is just being found for a hold. One step may begin another.
     *
     * @throws dev.hansard.ports.session.StorageException when the turn does not come in time; nothing is done
     */
    <T extends @Nullable Object> T inTurn(Supplier<T> step);

    /** The hours of which anything is held, each once. */
    Set<HeldHour> hours();

    /** The sessions of a service and an hour that are held by any hold. */
    Set<SessionId> held(ServiceName service, Instant hour);

    /** Whether any hold keeps a session. */
    boolean isHeld(SessionId id);
}
