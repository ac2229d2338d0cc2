// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.limit;

import dev.hansard.boot.settings.yaml.Amounts;
import dev.hansard.core.circuit.CircuitRule;
import dev.hansard.core.limit.RateLimit;
import dev.hansard.core.limit.ServiceLimits;
import dev.hansard.ports.value.ServiceName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What keeps calls back although they may pass.
 *
 * @param limits of the services that have some
 * @param circuits of the services that have them
 */
public record LimitSettings(Map<ServiceName, ServiceLimits> limits, Map<ServiceName, CircuitRule> circuits) {
    public static final LimitSettings NONE = new LimitSettings(Map.of(), Map.of());

    public LimitSettings {
        limits = Map.copyOf(limits);
        circuits = Map.copyOf(circuits);
    }

    /** The limits of a service as keys and values of the contract: one map, or a list of them; null for none. */
    public @Nullable Object limitsTree(ServiceName service) {
        ServiceLimits its = limits.get(service);
        if (its == null) {
            return null;
        }
        var items = new ArrayList<Map<String, Object>>();
        its.rates().forEach(rate -> items.add(tree(rate)));
        if (items.isEmpty()) {
            items.add(new LinkedHashMap<>());
        }
        Map<String, Object> first = items.getFirst();
        if (its.inFlight() > 0) {
            first.put(LimitKeys.IN_FLIGHT, its.inFlight());
        }
        if (its.inFlightOfCaller() > 0) {
            first.put(LimitKeys.IN_FLIGHT_OF_CALLER, its.inFlightOfCaller());
        }
        if (LimitsReader.countsCallers(its)) {
            first.put(LimitKeys.CALLERS, its.callers());
        }
        return items.size() == 1 ? first : List.copyOf(items);
    }

    private static Map<String, Object> tree(RateLimit limit) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put(LimitKeys.RATE, limit.rate().toString());
        tree.put(LimitKeys.BURST, limit.burst());
        tree.put(LimitKeys.PER, limit.per().word());
        return tree;
    }

    /** The circuit of a service as keys and values of the contract; null for none. */
    public @Nullable Map<String, Object> circuitTree(ServiceName service) {
        CircuitRule its = circuits.get(service);
        if (its == null) {
            return null;
        }
        var tree = new LinkedHashMap<String, Object>();
        tree.put("failures", its.failures() + "%");
        tree.put("of", its.of());
        tree.put("window", Amounts.print(its.window()));
        tree.put("open", Amounts.print(its.open()));
        tree.put("trials", its.trials());
        return tree;
    }
}
