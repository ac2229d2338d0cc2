// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.spi.IdentityProviderFactory;
import dev.hansard.ports.spi.Options;
import dev.hansard.ports.spi.Surroundings;

/** Makes providers of type {@code saml}: services that have an assertion of a SAML 2.0 identity provider. */
public final class SamlProviderFactory implements IdentityProviderFactory {
    @Override
    public String type() {
        return "saml";
    }

    @Override
    public IdentityProvider create(Options options, Surroundings surroundings) {
        SamlOptions saml = SamlOptions.read(options);
        IssuerMetadata metadata = saml.metadata(surroundings);
        var tokens = new CallerTokens(saml.name(), saml.tokens().key(), surroundings);
        String url = saml.tokens().url();
        AssertionGrant grant = url == null ? null : new AssertionGrant(saml, url, metadata, tokens, surroundings);
        return new SamlProvider(metadata, tokens, grant);
    }
}
