// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.identity;

import dev.hansard.boot.settings.yaml.Keys;

/** The keys of the configuration that say who may call. What a provider may have is known to its type alone. */
public final class IdentityKeys {
    static final String PROVIDERS = "providers";
    static final String TYPE = "type";

    static final String ROLES = "roles";
    static final String GROUPS = "groups";
    static final String SERVICES = "services";

    public static final Keys IDENTITY = Keys.of("identity", PROVIDERS, ROLES);
    public static final Keys ROLE = Keys.of("identity.roles.*", GROUPS, SERVICES);

    private IdentityKeys() {}
}
