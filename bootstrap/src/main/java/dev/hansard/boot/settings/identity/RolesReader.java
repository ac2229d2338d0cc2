// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.identity;

import dev.hansard.boot.settings.yaml.Position;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.boot.settings.yaml.Words;
import dev.hansard.core.identity.Role;
import dev.hansard.core.identity.Roles;
import dev.hansard.core.identity.Roles.Given;
import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.ServiceName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code identity.roles}: which groups have which role, and for which services. */
final class RolesReader {
    private static final Map<String, Role> ROLES =
            Arrays.stream(Role.values()).collect(Collectors.toMap(Role::word, role -> role));

    private final Problems problems;
    private final List<Given> given = new ArrayList<>();
    // Services are known only when all files are read.
    private final Map<Position, ServiceName> named = new LinkedHashMap<>();

    RolesReader(Section identity) {
        this.problems = identity.problems();
        for (Entry entry : identity.named(IdentityKeys.ROLES)) {
            String path = identity.child(IdentityKeys.ROLES) + "." + entry.key();
            Role role = ROLES.get(entry.key());
            if (role == null) {
                String hint = Words.closest(entry.key(), ROLES.keySet())
                        .map(word -> "did you mean '" + word + "'?")
                        .orElse("");
                problems.error(entry.at(), path + " is not a role; the roles are " + words(), hint);
            } else {
                read(role, entry.value(), path);
            }
        }
    }

    private static String words() {
        return Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(", "));
    }

    private void read(Role role, Tree written, String path) {
        Section section = Section.open(written, path, IdentityKeys.ROLE, problems);
        List<String> groups = texts(section, IdentityKeys.GROUPS);
        if (section.items(IdentityKeys.GROUPS).isEmpty()) {
            problems.error(section.at(), path + ".groups is missing", "a role is given to groups: groups: [NAME]");
        }
        given.add(new Given(role, groups, scope(section)));
    }

    private Scope scope(Section section) {
        if (!section.has(IdentityKeys.SERVICES)) {
            return Scope.EVERYTHING;
        }
        Set<ServiceName> services = new HashSet<>();
        List<Tree> items = section.items(IdentityKeys.SERVICES);
        for (int i = 0; i < items.size(); i++) {
            String path = section.child(IdentityKeys.SERVICES) + "[" + i + "]";
            String text = section.text(items.get(i), path);
            if (text == null) {
                continue;
            }
            try {
                var service = new ServiceName(text);
                services.add(service);
                named.put(items.get(i).at(), service);
            } catch (InvalidValueException e) {
                problems.error(items.get(i).at(), path + ": " + e.getMessage());
            }
        }
        if (items.isEmpty()) {
            problems.error(
                    section.placeOf(IdentityKeys.SERVICES),
                    section.child(IdentityKeys.SERVICES) + " is empty",
                    "leave it out for all services");
        }
        return new Scope.Only(services);
    }

    private static List<String> texts(Section section, String key) {
        var texts = new ArrayList<String>();
        List<Tree> items = section.items(key);
        for (int i = 0; i < items.size(); i++) {
            String text = section.text(items.get(i), section.child(key) + "[" + i + "]");
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** Reports the services that are not there. */
    void checkServices(Set<ServiceName> services) {
        named.forEach((at, service) -> {
            if (!services.contains(service)) {
                String hint = Words.closest(
                                service.value(),
                                services.stream().map(ServiceName::value).toList())
                        .map(word -> "did you mean '" + word + "'?")
                        .orElse("");
                problems.error(at, "there is no service '" + service + "'", hint);
            }
        });
    }

    Roles roles() {
        return new Roles(given);
    }
}
