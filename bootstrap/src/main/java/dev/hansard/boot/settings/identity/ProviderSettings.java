// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.identity;

import dev.hansard.boot.settings.yaml.Position;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.boot.settings.yaml.Tree.Mapping;
import dev.hansard.boot.settings.yaml.Tree.Scalar;
import dev.hansard.boot.settings.yaml.TreeOptions;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.spi.IdentityProviderFactory;
import dev.hansard.ports.spi.Surroundings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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

    private static final String MTLS = "mtls";
    private static final String JWT = "jwt";
    private static final String SAML = "saml";
    private static final String TOKEN_URL = "token-url";
    private static final String REQUIRE_BOUND = "require-bound";

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

    /**
     * One that no file configures.
     *
     * @param written what would stand in a file; must suit the factory
     */
    public static ProviderSettings of(String name, IdentityProviderFactory factory, Map<String, String> written) {
        TreeOptions options = options(name, written);
        Set<String> fields = factory.create(options, ProviderTypes.NOWHERE).credentialFields();
        var source = new Source(around -> factory.create(options, around), fields, Source.OURS);
        return new ProviderSettings(name, factory.type(), source, options.effective());
    }

    /** What is written, as if it stood in a file. */
    static TreeOptions options(String name, Map<String, String> written) {
        Position nowhere = Position.startOf(name);
        List<Entry> entries = written.entrySet().stream()
                .map(option -> {
                    String text = option.getValue();
                    Tree.Type type = text.equals("true") ? Tree.Type.TRUTH : Tree.Type.TEXT;
                    return new Entry(nowhere, option.getKey(), new Scalar(nowhere, type, text, text, false));
                })
                .toList();
        return new TreeOptions(name, new Mapping(nowhere, entries), name, new Problems());
    }

    /** Whether no other is asked after it. */
    public boolean takesEveryCaller() {
        return type.equals(ANONYMOUS);
    }

    /** Whether it recognises only those who authenticated the connection with a certificate. */
    public boolean needsCertificates() {
        return type.equals(MTLS) || (type.equals(JWT) && MTLS.equals(options.get(REQUIRE_BOUND)));
    }

    /** Whether it recognises only tokens that nobody can get. */
    public boolean lacksTokens() {
        return type.equals(SAML) && !options.containsKey(TOKEN_URL);
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
