// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.apikey;

import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.spi.IdentityProviderFactory;
import dev.hansard.ports.spi.Options;
import dev.hansard.ports.spi.Surroundings;

/** Makes providers that recognise API keys. */
public final class ApiKeyFactory implements IdentityProviderFactory {
    @Override
    public String type() {
        return "api-key";
    }

    @Override
    public IdentityProvider create(Options options, Surroundings surroundings) {
        return new ApiKeyProvider(options.name(), surroundings.keys(), surroundings.wall());
    }
}
