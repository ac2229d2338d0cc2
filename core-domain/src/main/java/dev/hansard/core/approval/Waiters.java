// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

import dev.hansard.core.approval.rule.People;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.ApprovalStore;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.value.ApprovalId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Those who wait on their connections, each on its own thread. Safe for any number of threads. */
final class Waiters {
    private final ApprovalLimits limits;
    private final Map<ApprovalId, Waiter> waiting = new ConcurrentHashMap<>();
    private final Map<People.Account, Integer> ofCallers = new HashMap<>();
    private boolean closed;
    private int count;

    Waiters(ApprovalLimits limits) {
        this.limits = limits;
    }

    /** Why somebody need not wait any longer. */
    enum Wake {
        /** The approval has come to another state. */
        CHANGED,
        /** The time to wait is over. */
        HOLD_OVER,
        /** The caller is gone. */
        GONE,
        /** The node stops. */
        CLOSING
    }

    /** One who waits. */
    static final class Waiter {
        private final ApprovalId id;
        private final Caller caller;
        private final Instant until;
        private final BlockingQueue<Wake> wakes = new ArrayBlockingQueue<>(Wake.values().length * 2);

        private Waiter(ApprovalId id, Caller caller, Instant until) {
            this.id = id;
            this.caller = caller;
            this.until = until;
        }

        void wake(Wake why) {
            boolean _ = wakes.offer(why); // When it is full, there is reason enough to wake up.
        }

        Wake await() {
            try {
                return wakes.take();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return Wake.CLOSING;
            }
        }
    }

    /** A place to wait at; null when there is none, for this caller or for anybody. */
    @Nullable
    Waiter enter(ApprovalId id, Caller caller, Instant until) {
        var account = People.Account.of(caller);
        synchronized (ofCallers) {
            int own = ofCallers.getOrDefault(account, 0);
            if (closed || count >= limits.waiting() || own >= limits.waitingOfOne()) {
                return null;
            }
            count++;
            ofCallers.put(account, own + 1);
            // Within the lock: whoever closes wakes all that are there.
            var waiter = new Waiter(id, caller, until);
            waiting.put(id, waiter);
            return waiter;
        }
    }

    void leave(Waiter waiter) {
        waiting.remove(waiter.id);
        var account = People.Account.of(waiter.caller);
        synchronized (ofCallers) {
            count--;
            ofCallers.computeIfPresent(account, (_, own) -> own == 1 ? null : own - 1);
        }
    }

    boolean isWaiting(ApprovalId id) {
        return waiting.containsKey(id);
    }

    void changed(ApprovalId id) {
        Waiter waiter = waiting.get(id);
        if (waiter != null) {
            waiter.wake(Wake.CHANGED);
        }
    }

    /** Wakes whose time is over, and whom another node has decided about. */
    void tick(ApprovalStore store, Instant now) {
        var ids = new ArrayList<ApprovalId>();
        for (Waiter waiter : waiting.values()) {
            if (!now.isBefore(waiter.until)) {
                waiter.wake(Wake.HOLD_OVER);
            }
            ids.add(waiter.id);
        }
        for (int from = 0; from < ids.size(); from += ApprovalStore.MOST) {
            List<ApprovalId> some = ids.subList(from, Math.min(ids.size(), from + ApprovalStore.MOST));
            store.states(some).forEach((id, state) -> {
                if (state != ApprovalState.PENDING) {
                    changed(id);
                }
            });
        }
    }

    int count() {
        synchronized (ofCallers) {
            return count;
        }
    }

    /** Nobody waits any longer. */
    void close() {
        synchronized (ofCallers) {
            closed = true;
        }
        waiting.values().forEach(waiter -> waiter.wake(Wake.CLOSING));
    }
}
