// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

import dev.hansard.ports.identity.Visitor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where legal holds are placed and removed. Each use is in the audit log before it is done. Safe for any number of
 * threads.
 *
 * @since 0.1
 */
public interface HoldDesk {
    /** All holds, those that were removed included, the newest first. */
    List<Hold> list(Visitor visitor);

    /**
     * Holds every session that a query finds now, within what the visitor may see.
     *
     * @throws dev.hansard.ports.session.InvalidQueryException when the query is none
     * @throws dev.hansard.ports.value.InvalidValueException when the name is wrong or taken, the query finds nothing
     *     or more than one hold can keep
     */
    Hold place(Visitor visitor, String name, String query, String reason);

    /**
     * Removes a hold, with two people: the first time it is asked for, the second time, by somebody else, it is done.
     *
     * @return the hold as it is now; null when there is none that is active
     * @throws dev.hansard.ports.identity.NotAllowedException when the second is the first
     */
    @Nullable
    Hold remove(Visitor visitor, String id, String reason);
}
