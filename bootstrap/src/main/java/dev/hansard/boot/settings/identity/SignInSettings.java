// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.identity;

import dev.hansard.boot.settings.yaml.TreeOptions;
import dev.hansard.ports.identity.SignIn;
import dev.hansard.ports.spi.SignInFactory;
import dev.hansard.ports.spi.Surroundings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * One way to sign in as configured.
 *
 * @param maker makes it of what is written; it has been tried, so it does not complain
 * @param options what is written, with each default, as keys and values of the contract
 */
public record SignInSettings(
        String name, String type, Function<Surroundings, SignIn> maker, Map<String, Object> options) {
    public SignInSettings {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /**
     * One that no file configures.
     *
     * @param written what would stand in a file; must suit the factory
     */
    public static SignInSettings of(String name, SignInFactory factory, Map<String, String> written) {
        TreeOptions options = ProviderSettings.options(name, written);
        factory.create(options, ProviderTypes.NOWHERE);
        return new SignInSettings(name, factory.type(), around -> factory.create(options, around), options.effective());
    }

    /** By what is written: two that are made of the same are the same setting. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SignInSettings that
                && name.equals(that.name)
                && type.equals(that.type)
                && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, options);
    }
}
