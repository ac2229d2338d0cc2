// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Identification;
import dev.hansard.ports.identity.Presented;
import dev.hansard.ports.value.ServiceName;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in where: the chain of each listener, and the callers of each service. Safe for any number of threads.
 */
public final class Admittance {
    private final Map<String, IdentityChain> chains;
    private final AllowedCallers allowed;

    /**
     * Puts them together.
     *
     * @param chains one for each listener, by its name
     */
    public Admittance(Map<String, IdentityChain> chains, AllowedCallers allowed) {
        this.chains = Map.copyOf(chains);
        this.allowed = allowed;
    }

    /** Who calls, by the chain of the listener that it came in on. */
    public Identification identify(Presented presented) {
        IdentityChain chain = chains.get(presented.arrival().listener());
        if (chain == null) {
            throw new IllegalStateException("listener '" + presented.arrival().listener() + "' has no identity chain");
        }
        return chain.identify(presented);
    }

    /** The refusal of a caller that the service does not take; null when it does. */
    public @Nullable Refusal refusal(ServiceName service, Caller caller) {
        return allowed.refusal(service, caller);
    }

    /** How many calls were refused for want of an identity, by reason, since the start. */
    public Map<String, Long> refusals() {
        var counts = new TreeMap<String, Long>();
        for (IdentityChain chain : chains.values()) {
            chain.refusals().forEach((reason, count) -> counts.merge(reason, count, Long::sum));
        }
        return counts;
    }
}
