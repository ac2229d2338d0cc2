// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often one peer may ask in a minute. Peers of one IPv6 network count as one, since each has more addresses than
 * could be counted. Safe for any number of threads.
 */
final class PeerRate {
    /** The most peers that are counted; with more, the one that came first is forgotten. */
    static final int MOST_PEERS = 10_000;

    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int NETWORK_GROUPS = 4;

    private final int most;
    private final LongSupplier nanos;
    private final Map<String, Window> windows = new LinkedHashMap<>(); // Guarded by itself.

    private record Window(long end, int count) {}

    PeerRate(int most, LongSupplier nanos) {
        this.most = most;
        this.nanos = nanos;
    }

    /** Counts one; says how long the peer has to wait, zero when it need not. */
    Duration wait(String address) {
        String peer = network(address);
        long now = nanos.getAsLong();
        synchronized (windows) {
            Window window = windows.get(peer);
            if (window == null || now - window.end() >= 0) {
                windows.remove(peer); // So that it goes to the end of the order.
                window = new Window(now + WINDOW_NANOS, 0);
            }
            if (window.count() >= most) {
                return Duration.ofNanos(Math.max(1, window.end() - now));
            }
            windows.put(peer, new Window(window.end(), window.count() + 1));
            if (windows.size() > MOST_PEERS) {
                windows.remove(windows.keySet().iterator().next());
            }
            return Duration.ZERO;
        }
    }

    /** The first half of an IPv6 address, as the JDK writes one: without abbreviation. */
    private static String network(String address) {
        String[] groups = address.split(":", -1);
        return groups.length <= NETWORK_GROUPS ? address : String.join(":", Arrays.copyOf(groups, NETWORK_GROUPS));
    }
}
