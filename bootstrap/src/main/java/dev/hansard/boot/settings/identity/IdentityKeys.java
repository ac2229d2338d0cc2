// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.identity;

import dev.hansard.boot.settings.yaml.Keys;
import java.util.List;
import java.util.Map;

/** The keys of the configuration that say who may call. What a provider may have is known to its type alone. */
public final class IdentityKeys {
    static final String PROVIDERS = "providers";
    static final String TYPE = "type";

    public static final Keys IDENTITY = Keys.of("identity", PROVIDERS).notYet(Map.of("roles", "roles for people"));

    /** The types of the contract that this release does not have. */
    static final List<String> LATER_TYPES = List.of("jwt", "oidc", "saml", "mtls");

    private IdentityKeys() {}
}
