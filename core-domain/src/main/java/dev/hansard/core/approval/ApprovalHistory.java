// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

import dev.hansard.core.approval.codec.ApprovalCodec;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalStore;
import dev.hansard.ports.approval.StoredApproval;
import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Removes past approvals: as late as the records of their requests may go, and not while a legal hold keeps one of
 * those. Done by one node for all.
 */
public final class ApprovalHistory {
    private static final Duration ANOTHER_LOOK = Duration.ofDays(1);

    private final ApprovalStore store;
    private final Predicate<SessionId> held;
    private final InstantSource wall;

    /**
     * Removes from a store.
     *
     * @param held whether a legal hold keeps a session
     */
    public ApprovalHistory(ApprovalStore store, Predicate<SessionId> held, InstantSource wall) {
        this.store = store;
        this.held = held;
        this.wall = wall;
    }

    /** Removes what is due, so much at a time. */
    public void prune() {
        Instant now = wall.instant();
        List<StoredApproval> due = store.removable(now);
        var gone = new ArrayList<ApprovalId>();
        for (StoredApproval stored : due) {
            Approval approval = ApprovalCodec.approval(stored);
            if (isHeld(approval.place())) {
                // Put off, so that what is held does not stand before what is not.
                boolean _ = store.replace(ApprovalCodec.stored(approval.keptUntil(now.plus(ANOTHER_LOOK))));
            } else {
                gone.add(approval.id());
            }
        }
        store.remove(gone);
    }

    private boolean isHeld(Approval.Place place) {
        SessionId sent = place.sentAs();
        return held.test(place.session()) || (sent != null && held.test(sent));
    }
}
