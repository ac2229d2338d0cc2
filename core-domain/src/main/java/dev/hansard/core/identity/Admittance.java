// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import dev.hansard.core.audit.Auditor;
import dev.hansard.core.audit.Refusals;
import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.OwnDesk;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.RequestHead;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Identification;
import dev.hansard.ports.identity.Presented;
import dev.hansard.ports.value.ServiceName;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in where: the chain of each listener, and the callers of each service. Safe for any number of threads.
 */
public final class Admittance {
    private final Map<String, IdentityChain> chains;
    private final Map<String, TokenOffice> offices;
    private final AllowedCallers allowed;

    /**
     * Puts them together, without tokens.
     *
     * @param chains one for each listener, by its name
     */
    public Admittance(Map<String, IdentityChain> chains, AllowedCallers allowed) {
        this.chains = Map.copyOf(chains);
        this.offices = Map.of();
        this.allowed = allowed;
    }

    /**
     * Puts them together, with tokens where a provider of a chain gives some.
     *
     * @param auditor notes each token
     * @param refusals hears of those who get none
     */
    public Admittance(Map<String, IdentityChain> chains, AllowedCallers allowed, Auditor auditor, Refusals refusals) {
        this.chains = Map.copyOf(chains);
        var open = new HashMap<String, TokenOffice>();
        chains.forEach((listener, chain) -> open.put(listener, new TokenOffice(chain.grants(), auditor, refusals)));
        this.offices = Map.copyOf(open);
        this.allowed = allowed;
    }

    /** Whether callers of a listener can get tokens there. */
    public boolean hasTokens(String listener) {
        TokenOffice office = offices.get(listener);
        return office != null && office.isOpen();
    }

    /** Where a caller of a listener that {@link #hasTokens} gets a token. */
    public OwnDesk tokens(Arrival arrival, RequestHead head) {
        TokenOffice office = offices.get(arrival.listener());
        if (office == null) {
            throw new IllegalStateException("listener '" + arrival.listener() + "' gives no tokens");
        }
        return office.desk(
                arrival,
                head.fields().toList().stream()
                        .filter(field -> field.name().equalsIgnoreCase("content-type"))
                        .map(Field::value)
                        .toList());
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
