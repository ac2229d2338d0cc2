// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.anonymous;

import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.IdentityProvider;
import dev.hansard.ports.spi.IdentityProviderFactory;
import dev.hansard.ports.spi.Options;
import dev.hansard.ports.spi.Surroundings;
import java.util.List;

/** Makes providers that take every caller for the same one; for where the network itself says who may call. */
public final class AnonymousFactory implements IdentityProviderFactory {
    @Override
    public String type() {
        return "anonymous";
    }

    @Override
    public IdentityProvider create(Options options, Surroundings surroundings) {
        String subject = options.text("subject", "anonymous");
        if (subject.length() > Caller.LONGEST_SUBJECT || subject.chars().anyMatch(Character::isISOControl)) {
            throw options.misfit("subject", "1 to " + Caller.LONGEST_SUBJECT + " characters of text in one line");
        }
        List<String> groups = options.texts("groups", List.of());
        return new AnonymousProvider(new Caller(options.name(), subject, groups));
    }
}
