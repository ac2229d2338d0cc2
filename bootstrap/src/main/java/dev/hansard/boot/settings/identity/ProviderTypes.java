// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.identity;

import dev.hansard.boot.plugins.Plugins;
import dev.hansard.idp.anonymous.AnonymousFactory;
import dev.hansard.ports.spi.IdentityProviderFactory;
import dev.hansard.ports.spi.Surroundings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The types of identity providers that a configuration can name: ours first, then those of plugins. */
public final class ProviderTypes {
    private final Map<String, IdentityProviderFactory> builtIn = new LinkedHashMap<>();
    private final Plugins plugins;
    private final Surroundings surroundings;

    /** What comes with Hansard, and what the plugins bring. */
    public ProviderTypes(Plugins plugins, Surroundings surroundings) {
        List.of(new AnonymousFactory()).forEach(factory -> builtIn.put(factory.type(), factory));
        this.plugins = plugins;
        this.surroundings = surroundings;
    }

    /** The factory of a type; a plugin cannot take the place of one of ours. */
    @Nullable
    IdentityProviderFactory find(String type) {
        IdentityProviderFactory factory = builtIn.get(type);
        return factory == null ? plugins.identityProvider(type) : factory;
    }

    /** What can be written as a type without a plugin. */
    Set<String> words() {
        return builtIn.keySet();
    }

    /** Where a plugin is looked for. */
    Path folder() {
        return plugins.folder();
    }

    /** What was wrong with plugins. */
    List<String> troubles() {
        return plugins.troubles();
    }

    Surroundings surroundings() {
        return surroundings;
    }
}
