// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.approval;

import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The approvals of all nodes that share a control store, open and past. A change is durable when the method returns,
 * and of two that are made at once from the same version one is made. Safe for any number of threads. Each method
 * throws {@link dev.hansard.ports.session.StorageException} when the store cannot be asked; what should have been
 * changed may be changed or not.
 *
 * @since 0.1
 */
public interface ApprovalStore {
    /** The most rows that one question brings. */
    int MOST = 1_000;

    /** Adds a new one. */
    void add(StoredApproval added);

    /**
     * Puts the next version in place of the one before it.
     *
     * @return false when the one before it is not there any more; nothing is changed then
     */
    boolean replace(StoredApproval next);

    @Nullable
    StoredApproval find(ApprovalId id);

    /** How far these have come, those that there are; at most {@link #MOST} are asked for. */
    Map<ApprovalId, ApprovalState> states(Collection<ApprovalId> ids);

    /** A page for people. */
    List<StoredApproval> list(ApprovalQuery query);

    /** Those that a node holds in a state, the oldest first, at most {@link #MOST}; {@code after} continues. */
    List<StoredApproval> ofNode(NodeName node, ApprovalState state, @Nullable ApprovalId after);

    /** Those used by a caller that let it repeat a request of a service after {@code now}; at most {@link #MOST}. */
    List<StoredApproval> standing(ServiceName service, String provider, String subject, Instant now);

    /** Those that are open although their time is over, whichever node holds them; at most {@link #MOST}. */
    List<StoredApproval> overdue(Instant now);

    /** Those that are not open and need not be kept any more, the oldest first; at most {@link #MOST}. */
    List<StoredApproval> removable(Instant now);

    /** Removes some for good. */
    void remove(Collection<ApprovalId> ids);

    /** How many are open, of all nodes. */
    long open();
}
