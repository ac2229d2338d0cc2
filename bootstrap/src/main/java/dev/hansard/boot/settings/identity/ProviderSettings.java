// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.identity;

import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.spi.Surroundings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * One identity provider as configured.
 *
 * @param maker makes the provider of what is written; it has been tried, so it does not complain
 * @param options what is written, with each default, as keys and values of the contract
 */
public record ProviderSettings(
        String name, String type, Function<Surroundings, IdentityProvider> maker, Map<String, Object> options) {
    /** The type that asks for no proof. */
    static final String ANONYMOUS = "anonymous";

    private static final String MTLS = "mtls";
    private static final String JWT = "jwt";
    private static final String REQUIRE_BOUND = "require-bound";

    public ProviderSettings {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Whether no other is asked after it. */
    public boolean takesEveryCaller() {
        return type.equals(ANONYMOUS);
    }

    /** Whether it recognises only those who authenticated the connection with a certificate. */
    public boolean needsCertificates() {
        return type.equals(MTLS) || (type.equals(JWT) && MTLS.equals(options.get(REQUIRE_BOUND)));
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
