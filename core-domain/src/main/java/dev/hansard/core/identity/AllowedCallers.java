// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.value.ServiceName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which callers each service takes. A service that lists none takes every caller that was recognised. */
public final class AllowedCallers {
    /** Every service takes everyone. */
    public static final AllowedCallers ALL = new AllowedCallers(Map.of());

    private static final Refusal NOT_ALLOWED = new Refusal(
            403,
            "caller_not_allowed",
            "This caller is not among those that the service takes; ask for it to be added to the service's callers.");

    private final Map<ServiceName, List<CallerPattern>> byService;

    public AllowedCallers(Map<ServiceName, List<CallerPattern>> byService) {
        var copy = new HashMap<ServiceName, List<CallerPattern>>();
        byService.forEach((service, patterns) -> copy.put(service, List.copyOf(patterns)));
        this.byService = Map.copyOf(copy);
    }

    /** The refusal of a caller that the service does not take; null when it does. */
    public @Nullable Refusal refusal(ServiceName service, Caller caller) {
        List<CallerPattern> patterns = byService.get(service);
        if (patterns == null) {
            return null;
        }
        for (CallerPattern pattern : patterns) {
            if (pattern.matches(caller)) {
                return null;
            }
        }
        return NOT_ALLOWED;
    }
}
