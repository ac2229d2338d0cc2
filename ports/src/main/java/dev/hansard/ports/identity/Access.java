// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Who uses the admin plane, and what that one may do.
 *
 * @param who as the identity provider named them
 * @param permissions what is allowed, and for which services; what is not in it is not allowed
 * @param grants why: one for each role that applies
 * @since 0.1
 */
public record Access(Caller who, Map<Permission, Scope> permissions, List<Grant> grants) {
    public Access {
        permissions = Map.copyOf(permissions);
        grants = List.copyOf(grants);
    }

    /** Somebody who may do everything. */
    public static Access toEverything(Caller who, String why) {
        var all = new EnumMap<Permission, Scope>(Permission.class);
        for (Permission permission : Permission.values()) {
            all.put(permission, Scope.EVERYTHING);
        }
        return new Access(who, all, List.of(new Grant("admin", why, Scope.EVERYTHING)));
    }

    /** For which services something is allowed. */
    public Scope scope(Permission permission) {
        return permissions.getOrDefault(permission, Scope.NOTHING);
    }

    /** Whether something is allowed at all, be it for some services only. */
    public boolean may(Permission permission) {
        return permissions.containsKey(permission);
    }

    /**
     * A role that somebody has.
     *
     * @param role its word in the configuration
     * @param because what gave it, such as {@code group sre}
     */
    public record Grant(String role, String because, Scope scope) {}
}
