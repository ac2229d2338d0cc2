// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.circuit;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.Service;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The circuits of one service's upstreams. Safe for any number of threads. */
public final class ServiceCircuits {
    private static final long SECOND = 1_000_000_000;

    private final Service service;
    private final List<Circuit> circuits;
    private final LongSupplier nanos;
    private final LongAdder refused = new LongAdder();

    ServiceCircuits(Service service, CircuitRule rule, LongSupplier nanos) {
        this.service = service;
        this.nanos = nanos;
        this.circuits = service.upstreams().stream()
                .map(_ -> new Circuit(rule, nanos.getAsLong()))
                .toList();
    }

    public long now() {
        return nanos.getAsLong();
    }

    /** That of an upstream, by its place in the service's list. */
    public Circuit at(int index) {
        return circuits.get(index);
    }

    /** The answer to a call while no upstream can be asked; null while one can. */
    public @Nullable Refusal refusal() {
        long now = nanos.getAsLong();
        for (int i = 0; i < circuits.size(); i++) {
            if (!circuits.get(i).isShut(now)) {
                return null;
            }
        }
        return refuse();
    }

    /** The answer to a call that no upstream was found for; counts it. */
    public Refusal refuse() {
        refused.increment();
        long now = nanos.getAsLong();
        long wait = circuits.stream()
                .mapToLong(circuit -> circuit.waitNanos(now))
                .min()
                .orElse(0);
        // Whole seconds, rounded up (RFC 9110 section 10.2.3); how long a trial takes is not known.
        String seconds = Long.toString(Math.max(1, Math.ceilDiv(wait, SECOND)));
        return new Refusal(
                503,
                "circuit_open",
                "Every upstream of service '" + service.name()
                        + "' has kept failing and is left alone for a while; try again in " + seconds + " s.",
                List.of(new Field("Retry-After", seconds)));
    }

    void count(Map<String, Long> figures) {
        String name = "{service=\"" + service.name() + "\"";
        figures.put("hansard_circuit_refused_total" + name + "}", refused.sum());
        for (int i = 0; i < circuits.size(); i++) {
            String label = name + ",upstream=\"" + service.upstreams().get(i) + "\"}";
            figures.put("hansard_circuit_state" + label, circuits.get(i).level());
            figures.put("hansard_circuit_opened_total" + label, circuits.get(i).opened());
        }
    }
}
