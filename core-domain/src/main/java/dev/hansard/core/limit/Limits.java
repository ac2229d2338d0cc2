// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.limit;

import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.value.ServiceName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The limits of all services that have some, with what was counted for them. Safe for any number of threads. */
public final class Limits {
    /** No service has any. */
    public static final Limits NONE = new Limits(Map.of(), Set.of(), () -> 0);

    /** An IPv6 customer has at least a /64, so what is behind that tells nobody apart: four groups of digits. */
    private static final int NETWORK_GROUPS = 4;

    private final Map<ServiceName, Limiter> limiters = new HashMap<>();
    private final Set<String> anonymous;
    private final LongSupplier nanos;
    private final long start;

    /**
     * New ones.
     *
     * @param anonymous the providers whose callers are all the same: these are told apart by their addresses
     * @param nanos a clock that never goes back
     */
    public Limits(Map<ServiceName, ServiceLimits> limits, Set<String> anonymous, LongSupplier nanos) {
        this.anonymous = Set.copyOf(anonymous);
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        limits.forEach((service, its) -> limiters.put(service, new Limiter(service, its, 0)));
    }

    /**
     * Lets a call in, or not.
     *
     * @param address textual IP address of the peer, as a JDK prints it
     */
    public Entry enter(ServiceName service, Caller caller, String address) {
        Limiter limiter = find(service);
        return limiter == null
                ? Entry.Free.FREE
                : limiter.enter(caller.provider(), name(caller, address), nanos.getAsLong() - start);
    }

    /** Lets a call in that was let in before and has waited for people since: it counts, but is not refused. */
    public Entry readmit(ServiceName service, Caller caller, String address) {
        Limiter limiter = find(service);
        return limiter == null
                ? Entry.Free.FREE
                : limiter.readmit(caller.provider(), name(caller, address), nanos.getAsLong() - start);
    }

    private @Nullable Limiter find(ServiceName service) {
        return limiters.isEmpty() ? null : limiters.get(service);
    }

    private String name(Caller caller, String address) {
        return anonymous.contains(caller.provider()) ? network(address) : caller.subject();
    }

    /** An IPv4 address as it is; of an IPv6 address, whose groups a JDK prints all, the network. */
    static String network(String address) {
        int end = -1;
        for (int group = 0; group < NETWORK_GROUPS; group++) {
            end = address.indexOf(':', end + 1);
            if (end < 0) {
                return address;
            }
        }
        return address.substring(0, end);
    }

    /** Counters by their names as metrics. */
    public Map<String, Long> figures() {
        var figures = new HashMap<String, Long>();
        limiters.values().forEach(limiter -> limiter.count(figures));
        return figures;
    }
}
