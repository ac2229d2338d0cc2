// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.core.circuit.Circuit;
import dev.hansard.core.circuit.ServiceCircuits;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.exchange.UpstreamAddress;
import org.jspecify.annotations.Nullable;

/**
 * Which upstreams one call goes to: from that of its turn on, each once at the most, without those that are left alone.
 * Tells their circuits how it went. Owned by the call's thread.
 */
final class UpstreamChoice {
    private final Service service;
    private final int turn;
    private final @Nullable ServiceCircuits circuits;
    private int looked;
    private @Nullable UpstreamAddress chosen;
    private @Nullable Circuit circuit;
    private Circuit.@Nullable Pass pass;
    private boolean answered;

    /**
     * One that has chosen none yet.
     *
     * @param turn what {@link UpstreamBalance#takeTurn} gave
     * @param circuits null where the service has none
     */
    UpstreamChoice(Service service, int turn, @Nullable ServiceCircuits circuits) {
        this.service = service;
        this.turn = turn;
        this.circuits = circuits;
    }

    /** Why none can be asked, as far as is known before one is chosen; null when one can. */
    @Nullable
    Refusal refusal() {
        return circuits == null || chosen != null ? null : circuits.refusal();
    }

    /** Chooses the first one, unless that has been done; gives a refusal when there is none. */
    @Nullable
    Refusal choose() {
        if (chosen != null) {
            return null;
        }
        chosen = next();
        return chosen == null && circuits != null ? circuits.refuse() : null;
    }

    /** The one that was chosen. */
    UpstreamAddress chosen() {
        if (chosen == null) {
            throw new IllegalStateException("no upstream was chosen for a call to service '" + service.name() + "'");
        }
        return chosen;
    }

    /** The chosen one cannot be reached: chooses another one. Null when there is none. */
    @Nullable
    UpstreamAddress other() {
        failed();
        UpstreamAddress other = next();
        chosen = other == null ? chosen : other;
        return other;
    }

    private @Nullable UpstreamAddress next() {
        while (looked < service.upstreams().size()) {
            int index = UpstreamBalance.index(service, turn, looked++);
            if (circuits == null || enter(circuits.at(index), circuits.now())) {
                return service.upstreams().get(index);
            }
        }
        return null;
    }

    private boolean enter(Circuit its, long now) {
        pass = its.enter(now);
        circuit = its;
        return pass != null;
    }

    /** The chosen one has answered. */
    void answered(int status) {
        if (circuit == null || pass == null || circuits == null) {
            return;
        }
        if (saysThatItFails(status)) {
            circuit.failed(pass, circuits.now());
            pass = null;
        } else {
            circuit.succeeded(pass, circuits.now());
            answered = true;
        }
    }

    /**
     * What gateways and overloaded servers say (RFC 9110 section 15.6). A 500 may be for one request alone, and so is
     * every 4xx.
     */
    private static boolean saysThatItFails(int status) {
        return status >= 502 && status <= 504;
    }

    /** The chosen one could not be reached, did not answer, or broke off. */
    void failed() {
        if (circuit != null && pass != null && circuits != null) {
            if (answered) {
                circuit.brokeOff(pass, circuits.now());
            } else {
                circuit.failed(pass, circuits.now());
            }
            pass = null;
        }
    }

    /** The call is over; if nothing was learnt of the chosen one, others may try it. */
    void end() {
        if (circuit != null && pass != null && circuits != null && !answered) {
            circuit.left(pass, circuits.now());
        }
        pass = null;
    }
}
