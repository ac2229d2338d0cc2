// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.proxy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts connections, in all and by source. Helidon's own cap loses a permit with every failed TLS handshake and would
 * in the end take no connection at all, so it is not used.
 */
final class ConnectionCap {
    private final int most;
    private final int mostPerSource;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, Integer> bySource = new ConcurrentHashMap<>();

    ConnectionCap(int most, int mostPerSource) {
        this.most = most;
        this.mostPerSource = mostPerSource;
    }

    /** Whether one more is allowed from there; if so it counts until {@link #leave}. */
    boolean enter(String source) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            return false;
        }
        if (bySource.merge(source, 1, Integer::sum) > mostPerSource) {
            leave(source);
            return false;
        }
        return true;
    }

    void leave(String source) {
        open.decrementAndGet();
        bySource.computeIfPresent(source, (_, count) -> count == 1 ? null : count - 1);
    }

    int open() {
        return open.get();
    }
}
