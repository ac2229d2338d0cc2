// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.circuit;

import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.value.ServiceName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The circuits of all services that have them, one for each upstream. Safe for any number of threads. */
public final class Circuits {
    /** No service has any. */
    public static final Circuits NONE = new Circuits(List.of(), Map.of(), () -> 0);

    private final Map<ServiceName, ServiceCircuits> services = new HashMap<>();

    /**
     * Closed ones.
     *
     * @param rules of the services that have circuits
     * @param nanos a clock that never goes back
     */
    public Circuits(List<Service> all, Map<ServiceName, CircuitRule> rules, LongSupplier nanos) {
        for (Service service : all) {
            CircuitRule rule = rules.get(service.name());
            if (rule != null) {
                services.put(service.name(), new ServiceCircuits(service, rule, nanos));
            }
        }
    }

    /** Those of a service; null when it has none. */
    public @Nullable ServiceCircuits of(ServiceName service) {
        return services.isEmpty() ? null : services.get(service);
    }

    /** Counters and states by their names as metrics. */
    public Map<String, Long> figures() {
        var figures = new HashMap<String, Long>();
        services.values().forEach(circuits -> circuits.count(figures));
        return figures;
    }
}
