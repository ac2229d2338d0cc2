// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.reach;

import dev.hansard.core.approval.ApprovalBook;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalFeed;
import dev.hansard.ports.approval.ApprovalQuery;
import dev.hansard.ports.approval.ApprovalWatcher;
import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.value.ApprovalId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The latest changes in memory, at most {@value #MOST}, for all who watch together. What this node changes is there at
 * once. What other nodes change is looked for with each tick, by one question for all, and only while somebody watches.
 */
public final class ChangeFeed implements ApprovalFeed, ApprovalWatcher {
    /** How often to look for what other nodes have changed. */
    public static final Duration TICK = Duration.ofSeconds(1);

    /** The most changes that are kept. */
    static final int MOST = 256;

    /** After so many ticks without a reader nobody watches. */
    private static final int IDLE_TICKS = 30;

    private final ApprovalBook book;
    private final Function<Visitor, Scope> scopes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final ArrayDeque<Approval> changes = new ArrayDeque<>();
    private Map<ApprovalId, Long> open = new HashMap<>();
    private long position;
    private int idle = IDLE_TICKS;

    /**
     * @param scopes of which services a visitor may see approvals; throws when of none at all
     */
    public ChangeFeed(ApprovalBook book, Function<Visitor, Scope> scopes) {
        this.book = book;
        this.scopes = scopes;
    }

    @Override
    public void changed(@Nullable Approval before, Approval now) {
        lock.lock();
        try {
            add(now);
            open.computeIfPresent(now.id(), (_, version) -> Math.max(version, now.version()));
        } finally {
            lock.unlock();
        }
    }

    private void add(Approval now) {
        if (changes.size() == MOST) {
            changes.removeFirst();
        }
        changes.addLast(now.withoutContent());
        position++;
        news.signalAll();
    }

    /** Looks for what other nodes have changed; only one thread may. */
    public void tick() {
        if (isIdle()) {
            return;
        }
        Map<ApprovalId, Long> seen = new HashMap<>();
        var changed = new ArrayList<Approval>();
        for (Approval approval : book.open(ApprovalQuery.MOST).reversed()) {
            seen.put(approval.id(), approval.version());
            if (!isKnown(approval)) {
                changed.add(approval);
            }
        }
        // What was open and is not any more has come to its end, here or elsewhere.
        var ended = new HashSet<>(opened().keySet());
        ended.removeAll(seen.keySet());
        for (ApprovalId id : ended) {
            Approval approval = book.find(id);
            if (approval != null && !isKnown(approval)) {
                changed.add(approval);
            }
        }
        lock.lock();
        try {
            changed.forEach(this::add);
            open = seen;
        } finally {
            lock.unlock();
        }
    }

    private boolean isIdle() {
        lock.lock();
        try {
            if (idle >= IDLE_TICKS) {
                open = new HashMap<>();
                return true;
            }
            idle++;
            return false;
        } finally {
            lock.unlock();
        }
    }

    private Map<ApprovalId, Long> opened() {
        lock.lock();
        try {
            return Map.copyOf(open);
        } finally {
            lock.unlock();
        }
    }

    private boolean isKnown(Approval approval) {
        return opened().getOrDefault(approval.id(), 0L) >= approval.version();
    }

    @Override
    public long position() {
        lock.lock();
        try {
            idle = 0;
            return position;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public News after(Visitor visitor, long after, Duration patience) {
        Scope scope = scopes.apply(visitor);
        lock.lock();
        try {
            idle = 0;
            await(after, patience);
            return since(after, scope);
        } finally {
            lock.unlock();
        }
    }

    private void await(long after, Duration patience) {
        try {
            long nanos = patience.toNanos();
            while (position == after && nanos > 0) {
                nanos = news.awaitNanos(nanos);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private News since(long after, Scope scope) {
        long first = position - changes.size();
        boolean isComplete = after >= first && after <= position;
        long skipped = isComplete ? after - first : 0;
        var found = changes.stream()
                .skip(skipped)
                .filter(approval -> scope.contains(approval.request().service()))
                .toList();
        return new News(found, position, isComplete);
    }
}
