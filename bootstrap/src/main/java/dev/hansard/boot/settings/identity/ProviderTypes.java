// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.identity;

import dev.hansard.boot.plugins.Plugins;
import dev.hansard.boot.settings.identity.ProviderSettings.Source;
import dev.hansard.idp.anonymous.AnonymousFactory;
import dev.hansard.idp.apikey.ApiKeyFactory;
import dev.hansard.idp.jwt.JwtProviderFactory;
import dev.hansard.idp.mtls.MtlsProviderFactory;
import dev.hansard.idp.oidc.OidcFactory;
import dev.hansard.idp.saml.SamlProviderFactory;
import dev.hansard.idp.saml.SamlSignInFactory;
import dev.hansard.ports.spi.IdentityProviderFactory;
import dev.hansard.ports.spi.SignInFactory;
import dev.hansard.ports.spi.Surroundings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The types of identity providers that a configuration can name: ours first, then those of plugins. */
public final class ProviderTypes {
    /** For a provider that is only made to see whether it can be. */
    static final Surroundings NOWHERE =
            new Surroundings(InstantSource.fixed(Instant.EPOCH), () -> 0, () -> 0, new NoKeys());

    private final Map<String, IdentityProviderFactory> builtIn = new LinkedHashMap<>();
    private final Map<String, SignInFactory> signIns = new LinkedHashMap<>();
    private final Plugins plugins;

    /** What comes with Hansard, and what the plugins bring. */
    public ProviderTypes(Plugins plugins) {
        List.of(
                        new AnonymousFactory(),
                        new ApiKeyFactory(),
                        new JwtProviderFactory(),
                        new MtlsProviderFactory(),
                        new SamlProviderFactory())
                .forEach(factory -> builtIn.put(factory.type(), factory));
        List.of(new OidcFactory(), new SamlSignInFactory()).forEach(factory -> signIns.put(factory.type(), factory));
        this.plugins = plugins;
    }

    /** The factory of a type; a plugin cannot take the place of one of ours. */
    @Nullable
    IdentityProviderFactory find(String type) {
        IdentityProviderFactory factory = builtIn.get(type);
        return factory == null ? plugins.find(IdentityProviderFactory.class, type) : factory;
    }

    /** The factory of a type that people sign in with. */
    @Nullable
    SignInFactory findSignIn(String type) {
        return signIns.get(type);
    }

    /** Whether a type can be used. */
    boolean has(String type) {
        return signIns.containsKey(type) || find(type) != null;
    }

    /** Where a type that was found comes from: the jar of a plugin, or Hansard itself. */
    String from(String type) {
        return builtIn.containsKey(type) ? Source.OURS : plugins.jarOf(IdentityProviderFactory.class, type);
    }

    /** What can be written as a type without a plugin. */
    Set<String> words() {
        var words = new LinkedHashSet<String>(builtIn.keySet());
        words.addAll(signIns.keySet());
        return words;
    }

    /** Where a plugin is looked for. */
    Path folder() {
        return plugins.folder();
    }

    /** What was wrong with plugins. */
    List<String> troubles() {
        return plugins.troubles();
    }
}
