// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.identity;

import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.spi.Surroundings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One identity provider as configured.
 *
 * @param source how one is made of what is written
 * @param options what is written, with each default, as keys and values of the contract
 */
public record ProviderSettings(String name, String type, Source source, Map<String, Object> options) {
    /** The type that asks for no proof. */
    static final String ANONYMOUS = "anonymous";

    /**
     * Where providers of a type come from.
     *
     * @param maker makes the provider of what is written; it has been tried, so it does not complain
     * @param credentialFields as {@link IdentityProvider#credentialFields}, in lower case
     * @param from the jar of a plugin, or {@link #OURS}
     */
    public record Source(Function<Surroundings, IdentityProvider> maker, Set<String> credentialFields, String from) {
        /** What comes with Hansard. */
        public static final String OURS = "hansard";

        public Source {
            credentialFields = credentialFields.stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    public ProviderSettings {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Whether no other is asked after it. */
    public boolean takesEveryCaller() {
        return type.equals(ANONYMOUS);
    }

    /** By what is written: two that are made of the same are the same setting. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ProviderSettings that
                && name.equals(that.name)
                && type.equals(that.type)
                && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, options);
    }
}
