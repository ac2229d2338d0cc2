// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.value.ServiceName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Queries of visitors who may not see every service. */
public final class ScopedQuery {
    private ScopedQuery() {}

    /** The query for the services of a scope alone; null when nothing is left to look for. */
    public static @Nullable SessionQuery within(Scope scope, SessionQuery query) {
        return switch (scope) {
            case Scope.Everything _ -> query;
            case Scope.Only(Set<ServiceName> services) -> {
                List<ServiceName> asked = query.services().isEmpty()
                        ? List.copyOf(services)
                        : query.services().stream().filter(services::contains).toList();
                yield asked.isEmpty() ? null : query.of(asked);
            }
        };
    }
}
