// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.agent;

import dev.hansard.core.credential.CredentialBook;
import dev.hansard.core.exchange.UpstreamBalance;
import dev.hansard.ports.exchange.Admission;
import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.CallCounts;
import dev.hansard.ports.exchange.Gateway;
import dev.hansard.ports.exchange.OwnDesk;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.RequestHead;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import dev.hansard.ports.masking.MaskCounts;
import dev.hansard.ports.value.AgentName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * An agent's side of a call: finds the target that is meant, and adds what the target needs to let the call in. It
 * decides nothing else, since the gateway has, and keeps no record. Where a call may go is what this agent's own
 * configuration says: a gateway that has fallen into wrong hands gets no further. Safe for any number of threads.
 */
public final class RelayGateway implements Gateway {
    private static final OwnDesk.Reply HERE = new OwnDesk.Reply(200, "text/plain; charset=utf-8", "", List.of());

    private static final Refusal UNKNOWN = new Refusal(
            502,
            "agent_service_unknown",
            "The agent does not know this service; add it to services of the agent's configuration, by the same"
                    + " name as the gateway has it.");
    private static final Refusal MISMATCH = new Refusal(
            502,
            "agent_target_mismatch",
            "The gateway has another address for this service than the agent; correct upstream on either side, or leave"
                    + " it out at the gateway.");
    private static final Refusal MALFORMED =
            new Refusal(502, "agent_request_invalid", "The gateway sent the agent a target that is no path.");

    private final String heartbeat;
    private final AgentName name;
    private final Map<String, Service> services = new HashMap<>();
    private final CredentialBook credentials;
    private final UpstreamBalance balance;
    private final RelayParts parts;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final LongAdder received = new LongAdder();
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();

    /** @param services those behind this agent */
    public RelayGateway(AgentName name, List<Service> services, CredentialBook credentials, RelayParts parts) {
        this.heartbeat = name + UpstreamAddress.AGENT;
        services.forEach(service -> this.services.put(service.name().value(), service));
        this.name = name;
        this.credentials = credentials;
        this.balance = new UpstreamBalance(services);
        this.parts = parts;
    }

    @Override
    public Admission admit(RequestHead head, Arrival arrival) {
        String host = head.fields().first("host");
        if (head.target().equals("*") && heartbeat.equals(host)) {
            return new Admission.Told(HERE);
        }
        received.increment();
        Service service = services.get(head.fields().first(RelayedHead.SERVICE));
        if (service == null) {
            return new Admission.Refused(refused(UNKNOWN), null);
        }
        if (!isMeant(service, host)) {
            return new Admission.Refused(refused(MISMATCH), null);
        }
        if (!head.target().startsWith("/") && !head.target().equals("*")) {
            return new Admission.Refused(refused(MALFORMED), null);
        }
        inFlight.incrementAndGet();
        parts.onChange().run();
        var relayed = new RelayedHead(head, service, credentials.of(service.name()), parts);
        return new Admission.Admitted(
                new RelayedCall(parts.ids().next(), relayed, balance.takeTurn(service), parts, this::ended));
    }

    /** Where the gateway says what the address is, people there may have decided on it: it has to be that one. */
    private boolean isMeant(Service service, @Nullable String host) {
        return UpstreamAddress.behind(name, service.name()).authority().equals(host)
                || service.upstreams().stream()
                        .anyMatch(upstream -> upstream.authority().equals(host));
    }

    private Refusal refused(Refusal refusal) {
        refusedOnTheWire(refusal.code());
        return refusal;
    }

    private void ended() {
        inFlight.decrementAndGet();
        parts.onChange().run();
    }

    /** Calls that have not ended. */
    public int inFlight() {
        return inFlight.get();
    }

    @Override
    public void refusedOnTheWire(String code) {
        refused.computeIfAbsent(code, _ -> new LongAdder()).increment();
    }

    @Override
    public CallCounts counts() {
        Map<String, Long> byCode = new HashMap<>();
        refused.forEach((code, count) -> byCode.put(code, count.sum()));
        return new CallCounts(received.sum(), received.sum(), 0, 0, 0, byCode, inFlight(), MaskCounts.NONE);
    }
}
