// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.upstream;

import dev.hansard.ports.agent.AgentState;
import dev.hansard.ports.value.AgentName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections of all processes that go by one agent's name. A call goes to the process that has the fewest. Safe
 * for any number of threads; the lock is never held over I/O.
 */
final class AgentPool {
    private final AgentName name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rested = lock.newCondition();
    private final Map<String, Member> processes = new LinkedHashMap<>();
    private int all;
    private boolean hasSeenAny;
    private long lastSeen;

    /** One process of the agent. */
    private static final class Member {
        private final Deque<Line> resting = new ArrayDeque<>();
        private int all;
        private boolean isLeaving;

        int busy() {
            return all - resting.size();
        }
    }

    /**
     * A connection in the pool.
     *
     * @param calledAt when it last carried a call
     * @param heardAt when its agent was last heard of on it
     */
    record Line(Tunnel tunnel, UpstreamConnection connection, long calledAt, long heardAt) {}

    AgentPool(AgentName name) {
        this.name = name;
    }

    /** What changed for the agent as a whole. */
    enum Change {
        NOTHING,
        CAME,
        LEFT
    }

    /** Counts one more; null when there are too many. */
    @Nullable
    Change add(Tunnel tunnel, int most) {
        lock.lock();
        try {
            if (all >= most) {
                return null;
            }
            all++;
            Member process = processes.computeIfAbsent(tunnel.process(), _ -> new Member());
            process.all++;
            return process.all == 1 ? Change.CAME : Change.NOTHING;
        } finally {
            lock.unlock();
        }
    }

    /** It has ended, be it in use or not. */
    Change remove(Tunnel tunnel, long now) {
        lock.lock();
        try {
            Member process = processes.get(tunnel.process());
            if (process == null) {
                throw new IllegalStateException("a connection of agent '" + name + "' ended that is not its own");
            }
            process.resting.removeIf(line -> line.tunnel() == tunnel);
            all--;
            if (--process.all > 0) {
                return Change.NOTHING;
            }
            processes.remove(tunnel.process());
            lastSeen = now;
            hasSeenAny = true;
            return Change.LEFT;
        } finally {
            lock.unlock();
        }
    }

    /** It may be used from now on. False when it has ended meanwhile. */
    boolean give(Line line) {
        lock.lock();
        try {
            Member process = processes.get(line.tunnel().process());
            if (process == null || !line.tunnel().isSilent()) {
                return false;
            }
            process.resting.addFirst(line);
            rested.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leaves(String process) {
        lock.lock();
        try {
            Member found = processes.get(process);
            if (found != null) {
                found.isLeaving = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /** One that is free; null when there is none. */
    @Nullable
    Line take() {
        lock.lock();
        try {
            for (Member process = leastBusy(); process != null; process = leastBusy()) {
                Line line = process.resting.removeFirst();
                if (line.tunnel().use()) {
                    return line;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Of those that are equally busy the one that has waited longest: it moves to the end. */
    private @Nullable Member leastBusy() {
        Map.Entry<String, Member> least = processes.entrySet().stream()
                .filter(entry -> !entry.getValue().resting.isEmpty() && !entry.getValue().isLeaving)
                .min(Comparator.comparingInt(entry -> entry.getValue().busy()))
                .orElse(null);
        if (least == null) {
            return null;
        }
        processes.remove(least.getKey());
        processes.put(least.getKey(), least.getValue());
        return least.getValue();
    }

    /** Waits for one to be free; null when none was in time. */
    @Nullable
    Line await(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            for (Line line = take(); ; line = take()) {
                if (line != null || left <= 0) {
                    return line;
                }
                left = rested.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether one may come soon: the agent is connected, or was a moment ago. */
    boolean isWorthWaiting(long now, long moment) {
        lock.lock();
        try {
            return all > 0 || (hasSeenAny && now - lastSeen < moment);
        } finally {
            lock.unlock();
        }
    }

    /** Takes those out of the pool whose agent has not been heard of for so long. */
    List<Line> takeUnheard(long before) {
        lock.lock();
        try {
            List<Line> taken = new ArrayList<>();
            for (Member process : processes.values()) {
                process.resting.removeIf(line -> {
                    boolean isDue =
                            line.heardAt() - before <= 0 && line.tunnel().use();
                    if (isDue) {
                        taken.add(line);
                    }
                    return isDue;
                });
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Takes those out of the pool, past the first {@code kept} of a process, that have carried nothing for so long. */
    List<Line> takeSurplus(long before, int kept) {
        lock.lock();
        try {
            List<Line> taken = new ArrayList<>();
            for (Member process : processes.values()) {
                while (process.resting.size() > kept
                        && process.resting.getLast().calledAt() - before <= 0
                        && process.resting.getLast().tunnel().use()) {
                    taken.add(process.resting.removeLast());
                }
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    AgentState state() {
        lock.lock();
        try {
            int busy = processes.values().stream().mapToInt(Member::busy).sum();
            return new AgentState(name, processes.size(), all, busy);
        } finally {
            lock.unlock();
        }
    }
}
