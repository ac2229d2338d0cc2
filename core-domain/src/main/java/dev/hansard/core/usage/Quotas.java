// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.usage;

import dev.hansard.ports.usage.WhenFull;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.ServiceName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each service may take.
 *
 * @param usual bytes of a service that is not named; null for no limit
 * @param services bytes of those that are
 * @param alertAt percentages at which somebody should know, each greater than the one before
 * @param whenFull what happens at 100 %
 */
public record Quotas(@Nullable Long usual, Map<ServiceName, Long> services, List<Integer> alertAt, WhenFull whenFull) {
    /** Where nothing else is said. */
    public static final List<Integer> USUAL_ALERTS = List.of(70, 85, 95);

    /** At which percentage a quota is used up. */
    public static final int FULL = 100;

    /** How many points below a threshold an alert is over, and below 100 a quota is not exceeded any more. */
    public static final int GAP = 3;

    /** No limits. */
    public static final Quotas NONE = new Quotas(null, Map.of(), USUAL_ALERTS, WhenFull.PRUNE_OLDEST);

    public Quotas {
        services = Map.copyOf(services);
        alertAt = List.copyOf(alertAt);
        boolean isPositive = services.values().stream().allMatch(limit -> limit > 0) && (usual == null || usual > 0);
        if (!isPositive) {
            throw new InvalidValueException("a quota must be more than 0 bytes");
        }
        for (int i = 0; i < alertAt.size(); i++) {
            int percent = alertAt.get(i);
            if (percent <= (i == 0 ? GAP : alertAt.get(i - 1)) || percent >= FULL) {
                throw new InvalidValueException("the thresholds of alerts must go up between " + GAP + " and " + FULL
                        + " percent, but are " + alertAt);
            }
        }
    }

    /** Bytes that a service may take; null for no limit. */
    public @Nullable Long of(ServiceName service) {
        Long own = services.get(service);
        return own == null ? usual : own;
    }

    /** Whether any service has a limit. */
    public boolean isAny() {
        return usual != null || !services.isEmpty();
    }
}
