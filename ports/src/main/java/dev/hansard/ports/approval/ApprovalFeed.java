// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.approval;

import dev.hansard.ports.identity.Visitor;
import java.time.Duration;
import java.util.List;

/**
 * Approvals as they change, for those who watch. It holds the latest changes only, of this node at once and of others
 * soon after, and a change of another node may come twice: a version that a reader has is to be left out. Safe for any
 * number of threads.
 *
 * @since 0.1
 */
public interface ApprovalFeed {
    /** After everything that has changed so far. It means nothing to another process. */
    long position();

    /**
     * What changed after a position, of services that the visitor's roles reach, without contents.
     *
     * @param patience how long to wait for a change at the most
     * @throws dev.hansard.ports.identity.NotAllowedException when the visitor may see no approval at all
     */
    News after(Visitor visitor, long position, Duration patience);

    /**
     * What changed.
     *
     * @param changed in the order in which it happened, as it was after each change
     * @param position where to go on
     * @param isComplete false when more had changed than is kept, so that the reader has to list what is open again
     * @since 0.1
     */
    record News(List<Approval> changed, long position, boolean isComplete) {
        public News {
            changed = List.copyOf(changed);
        }
    }
}
