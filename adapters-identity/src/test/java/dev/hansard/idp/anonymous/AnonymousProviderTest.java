// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.anonymous;

import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.identity.IdentityProviderContract;
import dev.hansard.ports.identity.PresentedBuilder;
import java.util.List;

class AnonymousProviderTest implements IdentityProviderContract {
    private final IdentityProvider provider = new AnonymousProvider(new Caller("anyone", "someone", List.of()));

    @Override
    public IdentityProvider provider() {
        return provider;
    }

    @Override
    public String configuredName() {
        return "anyone";
    }

    @Override
    public PresentedBuilder recognisable() {
        return PresentedBuilder.aCall();
    }

    @Override
    public PresentedBuilder forged() {
        return PresentedBuilder.aCall();
    }

    @Override
    public boolean takesAll() {
        return true;
    }
}
