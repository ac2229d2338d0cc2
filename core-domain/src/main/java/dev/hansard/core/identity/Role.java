// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import dev.hansard.ports.identity.Permission;
import java.util.Locale;
import java.util.Set;

/** What people are on the admin plane; the configuration gives roles to groups. */
@SuppressWarnings("ImmutableEnumChecker") // All are made by Set.of.
public enum Role {
    VIEWER(Set.of(Permission.SEE_SESSIONS)),
    AUDITOR(Set.of(Permission.SEE_SESSIONS, Permission.READ_PAYLOADS, Permission.SEE_AUDIT, Permission.MANAGE_HOLDS)),
    REVIEWER(Set.of(Permission.SEE_SESSIONS, Permission.READ_PAYLOADS, Permission.DECIDE_APPROVALS)),
    OPERATOR(Set.of(Permission.SEE_SESSIONS, Permission.OPERATE, Permission.MANAGE_HOLDS)),
    ADMIN(Set.of(Permission.values()));

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = permissions;
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    /** As it is written in the configuration. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
