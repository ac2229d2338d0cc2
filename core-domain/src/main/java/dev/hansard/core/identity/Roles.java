// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.identity;

import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Access.Grant;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.identity.Scope;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who has which role.
 *
 * @param given to groups, in the order written
 */
public record Roles(List<Given> given) {
    /** Nobody has any. */
    public static final Roles NONE = new Roles(List.of());

    public Roles {
        given = List.copyOf(given);
    }

    /**
     * A role that the members of some groups have.
     *
     * @param groups exactly as the identity provider spells them
     */
    public record Given(Role role, List<String> groups, Scope scope) {
        public Given {
            groups = List.copyOf(groups);
        }
    }

    /** What somebody may do, by all of their groups. */
    public Access of(Caller who) {
        var permissions = new EnumMap<Permission, Scope>(Permission.class);
        var grants = new ArrayList<Grant>();
        for (Given each : given) {
            String group = commonGroup(each.groups(), who.groups());
            if (group == null) {
                continue;
            }
            grants.add(new Grant(each.role().word(), "group " + group, each.scope()));
            for (Permission permission : each.role().permissions()) {
                permissions.merge(permission, each.scope(), Scope::and);
            }
        }
        return new Access(who, permissions, grants);
    }

    private static @Nullable String commonGroup(List<String> some, List<String> others) {
        for (String group : some) {
            if (others.contains(group)) {
                return group;
            }
        }
        return null;
    }
}
