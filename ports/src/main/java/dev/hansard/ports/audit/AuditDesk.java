// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.audit;

import dev.hansard.ports.identity.Visitor;
import java.util.List;

/**
 * Where the audit log is looked at. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface AuditDesk {
    /**
     * As {@link AuditLog#newest}; that the log was read is in the log.
     *
     * @throws dev.hansard.ports.identity.NotAllowedException when the visitor may not
     */
    List<AuditEntry> newest(Visitor visitor, long below, int limit);

    /** As {@link AuditLog#since}; that the log was read is in the log when it is read from the start. */
    List<AuditEntry> since(Visitor visitor, long above, int limit);
}
