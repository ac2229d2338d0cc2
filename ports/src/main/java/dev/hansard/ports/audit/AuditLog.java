// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.audit;

import java.util.List;

/**
 * The log of what was done. Nothing in it is ever changed. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface AuditLog {
    /** The most entries that one page holds. */
    int MOST_ENTRIES = 1_000;

    /**
     * Adds an event; once this returns it survives the end of the process. Whoever is about to do what it tells of
     * waits for it, so that nothing is done that is not in the log.
     *
     * @return its number
     * @throws dev.hansard.ports.session.StorageException when it cannot be kept; what it tells of must not be done
     */
    long append(AuditEvent event);

    /**
     * The newest entries whose number is less than one, the newest first.
     *
     * @param below {@link Long#MAX_VALUE} for the newest of all
     * @param limit 1 to {@value #MOST_ENTRIES}
     */
    List<AuditEntry> newest(long below, int limit);

    /**
     * The oldest entries whose number is greater than one, the oldest first: what came since.
     *
     * @param above 0 for all
     * @param limit 1 to {@value #MOST_ENTRIES}
     */
    List<AuditEntry> since(long above, int limit);
}
