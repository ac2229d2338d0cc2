// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.identity;

import dev.hansard.ports.identity.IdentityProvider;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One identity provider as configured.
 *
 * @param provider made of what is written, not started yet
 * @param options what is written, with each default, as keys and values of the contract
 */
public record ProviderSettings(String name, String type, IdentityProvider provider, Map<String, Object> options) {
    /** The type that asks for no proof. */
    static final String ANONYMOUS = "anonymous";

    public ProviderSettings {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** By what is written: two providers made of the same are the same setting. */
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

    /** Whether no other is asked after it. */
    public boolean takesEveryCaller() {
        return type.equals(ANONYMOUS);
    }
}
