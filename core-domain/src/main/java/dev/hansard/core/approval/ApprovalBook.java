// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

import dev.hansard.core.approval.codec.ApprovalCodec;
import dev.hansard.core.audit.Auditor;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.ApprovalStore;
import dev.hansard.ports.approval.ApprovalWatcher;
import dev.hansard.ports.approval.StoredApproval;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.value.ApprovalId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The approvals in their store: each change is made to what is there then, once, written down, and told. Safe for any
 * number of threads.
 */
public final class ApprovalBook {
    private static final System.Logger LOG = System.getLogger(ApprovalBook.class.getName());

    /**
     * How often a change is tried when others change the same approval: people are not in each other's way so often.
     */
    private static final int MOST_TRIES = 20;

    private final ApprovalStore store;
    private final Auditor auditor;
    private final List<ApprovalWatcher> watchers = new CopyOnWriteArrayList<>();
    private final Map<ApprovalState, LongAdder> ended = new ConcurrentHashMap<>();
    private final LongAdder requested = new LongAdder();
    private final LongAdder mismatches = new LongAdder();
    private final LongAdder full = new LongAdder();

    public ApprovalBook(ApprovalStore store, Auditor auditor) {
        this.store = store;
        this.auditor = auditor;
    }

    /** Has somebody told of each change that is made here, from now on. */
    public void watch(ApprovalWatcher watcher) {
        watchers.add(watcher);
    }

    ApprovalStore store() {
        return store;
    }

    Auditor auditor() {
        return auditor;
    }

    /** Adds a new one. */
    void begin(Approval approval, String from) {
        auditor.caller(
                approval.request().caller(),
                from,
                AuditAction.APPROVAL_REQUESTED,
                approval.id().toString(),
                approval.place().session());
        store.add(ApprovalCodec.stored(approval));
        requested.increment();
        tell(approval);
    }

    /** Notes that a caller repeats a request by an approval that stands. */
    void repeated(Approval standing, HeldCall held) {
        auditor.node(AuditAction.APPROVAL_USED, standing.id().toString(), held.session());
    }

    @Nullable
    Approval find(ApprovalId id) {
        StoredApproval stored = store.find(id);
        return stored == null ? null : ApprovalCodec.approval(stored);
    }

    /**
     * Changes one. What the node does by itself is in the audit log once it is done, and before this returns.
     *
     * @param step gives the next version; null to leave it as it is
     * @return the next version; null when it was left
     */
    @Nullable
    Approval change(ApprovalId id, Function<Approval, @Nullable Approval> step) {
        for (int i = 0; i < MOST_TRIES; i++) {
            Approval before = find(id);
            if (before == null) {
                return null;
            }
            Approval next = step.apply(before);
            if (next == null) {
                return null;
            }
            if (store.replace(ApprovalCodec.stored(next))) {
                changed(before, next);
                return next;
            }
        }
        throw new IllegalStateException("approval " + id + " is changed all the time");
    }

    private void changed(Approval before, Approval next) {
        if (before.state() != next.state()) {
            ended.computeIfAbsent(next.state(), _ -> new LongAdder()).increment();
            AuditAction action = actionOf(next.state());
            if (action != null) {
                auditor.node(action, next.id().toString(), next.place().session());
            }
        }
        tell(next);
    }

    /** What people do is written down before it is done, and what callers do with who they are. */
    private static @Nullable AuditAction actionOf(ApprovalState state) {
        return switch (state) {
            case USED -> AuditAction.APPROVAL_USED;
            case EXPIRED -> AuditAction.APPROVAL_EXPIRED;
            case WITHDRAWN -> AuditAction.APPROVAL_WITHDRAWN;
            case PENDING, APPROVED, DENIED, COLLECTED -> null;
        };
    }

    @SuppressWarnings("CatchingUnchecked") // What a watcher does wrong is not to stop a request.
    private void tell(Approval approval) {
        for (ApprovalWatcher watcher : watchers) {
            try {
                watcher.changed(approval);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "approval " + approval.id() + " could not be told of", e);
            }
        }
    }

    void mismatched() {
        mismatches.increment();
    }

    void refusedForRoom() {
        full.increment();
    }

    Map<ApprovalState, Long> ended() {
        var counts = new EnumMap<ApprovalState, Long>(ApprovalState.class);
        ended.forEach((state, count) -> counts.put(state, count.sum()));
        return counts;
    }

    long requested() {
        return requested.sum();
    }

    long mismatches() {
        return mismatches.sum();
    }

    long full() {
        return full.sum();
    }
}
