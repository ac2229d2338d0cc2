// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.ListenerSettings;
import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.identity.ProviderSettings;
import dev.hansard.core.identity.Admittance;
import dev.hansard.core.identity.AllowedCallers;
import dev.hansard.core.identity.IdentityChain;
import dev.hansard.ports.identity.IdentityProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The identity providers that listeners name, at work. */
final class Identities implements AutoCloseable {
    private final Admittance admittance;
    private final List<IdentityProvider> started;

    private Identities(Admittance admittance, List<IdentityProvider> started) {
        this.admittance = admittance;
        this.started = started;
    }

    static Identities start(Settings settings) {
        Set<ProviderSettings> named = new LinkedHashSet<>();
        var chains = new LinkedHashMap<String, IdentityChain>();
        for (ListenerSettings listener : settings.listeners()) {
            named.addAll(listener.identity());
            chains.put(
                    listener.name(),
                    new IdentityChain(listener.identity().stream()
                            .map(ProviderSettings::provider)
                            .toList()));
        }
        var identities = new Identities(
                new Admittance(chains, new AllowedCallers(settings.identity().callers())), new ArrayList<>());
        named.forEach(provider -> {
            identities.started.add(provider.provider());
            provider.provider().start();
        });
        return identities;
    }

    Admittance admittance() {
        return admittance;
    }

    @Override
    public void close() {
        started.reversed().forEach(IdentityProvider::close);
    }
}
