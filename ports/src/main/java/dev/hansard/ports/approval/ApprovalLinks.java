// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.approval;

import dev.hansard.ports.identity.Visitor;

/**
 * Where links in notices lead to. A link says which request its reader is asked about; it is no credential. Whoever
 * follows it is somebody who is signed in, and may do there what they may do without it. It is good for one decision
 * and for as long as the approval can be decided. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface ApprovalLinks {
    /**
     * What a link leads to, with the content as {@link ApprovalDesk#show} gives it; that it was read is in the audit
     * log. Decides nothing.
     *
     * @throws dev.hansard.ports.identity.NotAllowedException when it leads nowhere: {@code no_such_link} (404) when
     *     it is none, or none for the visitor; {@code link_used} or {@code link_expired} (410)
     */
    Approval open(Visitor visitor, String link);

    /**
     * Decides as {@link ApprovalDesk#decide} does. Of two decisions by one link at the same time one is made.
     *
     * @return as it is afterwards
     * @throws dev.hansard.ports.identity.NotAllowedException for the same reasons as there, and as in {@link #open}
     */
    Approval decide(Visitor visitor, String link, Vote.Verdict verdict, String comment, String digest);
}
