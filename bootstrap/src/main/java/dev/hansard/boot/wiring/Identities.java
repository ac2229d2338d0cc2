// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.boot.settings.Settings;
import dev.hansard.boot.settings.identity.ProviderSettings;
import dev.hansard.boot.settings.identity.ProviderSettings.Source;
import dev.hansard.boot.settings.identity.SignInSettings;
import dev.hansard.core.audit.Auditor;
import dev.hansard.core.audit.Refusals;
import dev.hansard.core.audit.SignIns;
import dev.hansard.core.identity.AdminEntrance;
import dev.hansard.core.identity.Admittance;
import dev.hansard.core.identity.AllowedCallers;
import dev.hansard.core.identity.DeviceOffice;
import dev.hansard.core.identity.IdentityChain;
import dev.hansard.core.identity.PeopleSessions;
import dev.hansard.core.identity.SignInOffice;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.identity.SignIn;
import dev.hansard.ports.identity.SignedInRecords;
import dev.hansard.ports.spi.Surroundings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The identity providers that are named somewhere, at work. */
final class Identities implements AutoCloseable {
    private final Map<String, IdentityProvider> providers = new LinkedHashMap<>();
    private final Map<String, SignIn> signIns = new LinkedHashMap<>();
    private final Surroundings surroundings;
    private final Refusals refusals;

    private Identities(Surroundings surroundings, Refusals refusals) {
        this.surroundings = surroundings;
        this.refusals = refusals;
    }

    /** None so far; {@code refusals} hears of those whom they refuse. */
    static Identities with(Surroundings surroundings, Refusals refusals) {
        return new Identities(surroundings, refusals);
    }

    /** Who may come in on the listeners. Providers that they name are at work from here on. */
    Admittance admittance(Settings settings, Auditor auditor) {
        var chains = new LinkedHashMap<String, IdentityChain>();
        settings.listeners().forEach(listener -> chains.put(listener.name(), chain(listener.identity())));
        return new Admittance(chains, new AllowedCallers(settings.identity().callers()), auditor, refusals);
    }

    /** Who is signed in with a browser. */
    PeopleSessions sessions(Settings settings, SignedInRecords records) {
        return new PeopleSessions(
                records,
                settings.admin().idle(),
                settings.admin().absolute(),
                surroundings.wall(),
                surroundings.random());
    }

    /** Who may come to the admin plane, and what they may do there. */
    AdminEntrance admin(Settings settings, PeopleSessions sessions, SignIns noted) {
        List<ProviderSettings> chain = settings.admin().identity();
        return new AdminEntrance(
                chain.isEmpty() ? null : chain(chain),
                settings.admin().login().isEmpty() ? null : sessions,
                settings.identity().roles(),
                noted,
                refusals);
    }

    /** Where people sign in. What they sign in with is at work from here on. */
    SignInOffice signIn(Settings settings, PeopleSessions sessions, Auditor auditor) {
        for (SignInSettings each : settings.admin().login()) {
            SignIn made = each.maker().apply(surroundings);
            signIns.put(each.name(), made);
            made.start();
        }
        return new SignInOffice(
                signIns, sessions, settings.identity().roles(), auditor, surroundings.wall(), surroundings.random());
    }

    /** Where people sign in for a command line, with what {@link #signIn} set to work. */
    DeviceOffice device(Settings settings, PeopleSessions sessions, Auditor auditor) {
        return new DeviceOffice(
                signIns, sessions, settings.identity().roles(), auditor, surroundings.wall(), surroundings.random());
    }

    private IdentityChain chain(List<ProviderSettings> chain) {
        return new IdentityChain(chain.stream().map(this::started).toList(), refusals);
    }

    private IdentityProvider started(ProviderSettings settings) {
        return providers.computeIfAbsent(settings.name(), _ -> start(settings));
    }

    @SuppressWarnings("CatchingUnchecked") // A plugin may throw anything.
    private IdentityProvider start(ProviderSettings settings) {
        Source source = settings.source();
        String what = "identity provider " + settings.name() + " of type " + settings.type() + " from " + source.from();
        try {
            IdentityProvider provider = source.maker().apply(surroundings);
            provider.start();
            System.getLogger(Identities.class.getName()).log(System.Logger.Level.INFO, "{0}", what);
            return provider;
        } catch (RuntimeException | LinkageError e) {
            throw new NodeStartException(
                    what + " did not start: " + e.getClass().getName(), e);
        }
    }

    @Override
    public void close() {
        List.copyOf(signIns.values()).reversed().forEach(SignIn::close);
        List.copyOf(providers.values()).reversed().forEach(IdentityProvider::close);
    }
}
