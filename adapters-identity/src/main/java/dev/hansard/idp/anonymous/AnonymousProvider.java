// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.anonymous;

import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Identification;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.identity.Presented;
import java.util.Set;

/** Recognises everyone as one caller. */
final class AnonymousProvider implements IdentityProvider {
    private final Identification everyone;

    AnonymousProvider(Caller caller) {
        this.everyone = new Identification.Recognised(caller, Set.of());
    }

    @Override
    public Identification identify(Presented presented) {
        return everyone;
    }
}
