// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.identity;

import dev.hansard.boot.settings.yaml.Position;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.boot.settings.yaml.Tree.Mapping;
import dev.hansard.boot.settings.yaml.Tree.Scalar;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.spi.IdentityProviderFactory;
import dev.hansard.ports.spi.Surroundings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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

    public ProviderSettings {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /**
     * One that no file configures.
     *
     * @param written what would stand in a file; must suit the factory
     */
    public static ProviderSettings of(String name, IdentityProviderFactory factory, Map<String, String> written) {
        Position nowhere = Position.startOf(name);
        List<Entry> entries = written.entrySet().stream()
                .map(option -> {
                    String text = option.getValue();
                    return new Entry(nowhere, option.getKey(), new Scalar(nowhere, Tree.Type.TEXT, text, text, false));
                })
                .toList();
        var options = new TreeOptions(name, new Mapping(nowhere, entries), name, new Problems());
        return new ProviderSettings(
                name, factory.type(), surroundings -> factory.create(options, surroundings), options.effective());
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
