// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import dev.hansard.ports.value.ServiceName;
import java.util.HashSet;
import java.util.Set;

/**
 * For which services something is allowed.
 *
 * @since 0.1
 */
public sealed interface Scope {
    /** For all, those that come later too. */
    Scope EVERYTHING = new Everything();

    /** For none. */
    Scope NOTHING = new Only(Set.of());

    boolean contains(ServiceName service);

    /** What is in one or the other. */
    Scope and(Scope other);

    /** All services. */
    record Everything() implements Scope {
        @Override
        public boolean contains(ServiceName service) {
            return true;
        }

        @Override
        public Scope and(Scope other) {
            return this;
        }
    }

    /** These services. */
    record Only(Set<ServiceName> services) implements Scope {
        public Only {
            services = Set.copyOf(services);
        }

        @Override
        public boolean contains(ServiceName service) {
            return services.contains(service);
        }

        @Override
        public Scope and(Scope other) {
            return switch (other) {
                case Everything everything -> everything;
                case Only(Set<ServiceName> others) -> {
                    var both = new HashSet<>(services);
                    both.addAll(others);
                    yield new Only(both);
                }
            };
        }
    }
}
