// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.value.SessionId;

/**
 * Where operators see and direct what is removed. Each use that changes something is in the audit log. Safe for any
 * number of threads.
 *
 * @since 0.1
 */
public interface RetentionDesk {
    /**
     * What would go now; nothing goes.
     *
     * @throws dev.hansard.ports.identity.NotAllowedException when the visitor may not see it
     * @throws dev.hansard.ports.session.StorageException when the stores cannot be read
     */
    RetentionPlan plan(Visitor visitor);

    /**
     * Removes what is due.
     *
     * @param most of how many segments at most; more than what one run takes counts as that
     */
    Pruning prune(Visitor visitor, int most);

    /** Says that the node's clock is right, so that it may be decided by it again. */
    void trustClock(Visitor visitor);

    /**
     * Removes one session for good, wherever its record lies. The visitor must give a reason.
     */
    Erasure erase(Visitor visitor, SessionId id);

    /**
     * What came of having a session erased.
     *
     * @since 0.1
     */
    enum Erasure {
        ERASED,
        /** There is no such session, or none that the visitor may see. */
        UNKNOWN,
        /** A hold keeps it. */
        HELD
    }
}
