// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the contents of a listener may take that wait for a decision. Without a limit, callers who send
 * slowly could fill the heap. Safe for any number of threads.
 */
final class HeldMemory {
    /** The most that waits at once, as a part of the heap. */
    private static final int PART_OF_HEAP = 8;

    private final long most;
    private final AtomicLong used = new AtomicLong();

    HeldMemory(long most) {
        this.most = most;
    }

    static HeldMemory ofHeap() {
        return new HeldMemory(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    boolean take(long bytes) {
        if (used.addAndGet(bytes) > most) {
            used.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }

    static Refusal full() {
        return new Refusal(
                503,
                "too_much_held",
                "Too many requests wait for a policy to read their content; try again.",
                List.of(new Field("Retry-After", "1")));
    }
}
