// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.value.ServiceName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives the upstreams of each service their calls in turn. A call takes one turn; when its upstream cannot be reached
 * it goes on to the next in the list, so that the calls of a dead upstream are spread by where they started and no
 * call tries the same one twice before it has tried all. Safe for any number of threads.
 */
public final class UpstreamBalance {
    private final Map<ServiceName, AtomicInteger> turns = new HashMap<>();

    public UpstreamBalance(List<Service> services) {
        services.forEach(service -> turns.put(service.name(), new AtomicInteger()));
    }

    /** Takes a turn for one call to {@code service}, which must be one of those given at the start. */
    public int takeTurn(Service service) {
        AtomicInteger turn = turns.get(service.name());
        if (turn == null) {
            throw new IllegalStateException("service '" + service.name() + "' has no turns");
        }
        return turn.getAndIncrement();
    }

    /**
     * The upstream of a call.
     *
     * @param turn what {@link #takeTurn} gave
     * @param failed how many upstreams the call could not reach before
     */
    public static UpstreamAddress upstream(Service service, int turn, int failed) {
        return service.upstreams().get(index(service, turn, failed));
    }

    /** As {@link #upstream}, where it stands in the list. */
    static int index(Service service, int turn, int failed) {
        int size = service.upstreams().size();
        // In two steps, as the sum may overflow; the counter itself wraps around into the negative, once in 2^32 calls.
        return (Math.floorMod(turn, size) + failed % size) % size;
    }
}
