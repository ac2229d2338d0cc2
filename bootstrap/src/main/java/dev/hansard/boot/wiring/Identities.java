// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.identity.ProviderSettings;
import dev.hansard.core.identity.AdminEntrance;
import dev.hansard.core.identity.Admittance;
import dev.hansard.core.identity.AllowedCallers;
import dev.hansard.core.identity.IdentityChain;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.spi.Surroundings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The identity providers that are named somewhere, at work. */
final class Identities implements AutoCloseable {
    private final Map<String, IdentityProvider> providers = new LinkedHashMap<>();
    private final Surroundings surroundings;

    private Identities(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    static Identities with(Surroundings surroundings) {
        return new Identities(surroundings);
    }

    /** Who may come in on the listeners. Providers that they name are at work from here on. */
    Admittance admittance(Settings settings) {
        var chains = new LinkedHashMap<String, IdentityChain>();
        settings.listeners().forEach(listener -> chains.put(listener.name(), chain(listener.identity())));
        return new Admittance(chains, new AllowedCallers(settings.identity().callers()));
    }

    /** Who may come to the admin plane, and what they may do there. */
    AdminEntrance admin(Settings settings) {
        List<ProviderSettings> chain = settings.admin().identity();
        return new AdminEntrance(
                chain.isEmpty() ? null : chain(chain), null, settings.identity().roles());
    }

    private IdentityChain chain(List<ProviderSettings> chain) {
        return new IdentityChain(chain.stream().map(this::started).toList());
    }

    private IdentityProvider started(ProviderSettings settings) {
        return providers.computeIfAbsent(settings.name(), _ -> {
            IdentityProvider provider = settings.maker().apply(surroundings);
            provider.start();
            return provider;
        });
    }

    @Override
    public void close() {
        List.copyOf(providers.values()).reversed().forEach(IdentityProvider::close);
    }
}
