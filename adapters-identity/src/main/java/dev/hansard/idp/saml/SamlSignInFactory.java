// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.saml;

import dev.hansard.ports.identity.SignIn;
import dev.hansard.ports.spi.Options;
import dev.hansard.ports.spi.SignInFactory;
import dev.hansard.ports.spi.Surroundings;

/** Makes ways to sign in of type {@code saml}: people who have an account at a SAML 2.0 identity provider. */
public final class SamlSignInFactory implements SignInFactory {
    @Override
    public String type() {
        return "saml";
    }

    @Override
    public SignIn create(Options options, Surroundings surroundings) {
        SamlOptions saml = SamlOptions.read(options);
        return new SamlSignIn(saml, saml.metadata(surroundings), saml.memory(surroundings), surroundings);
    }
}
