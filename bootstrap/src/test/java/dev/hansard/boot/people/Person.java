// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.people;

import dev.hansard.core.identity.Role;
import dev.hansard.core.identity.Roles;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.value.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with groups, and the roles that a configuration gives. What they may do is said here a second time, as the
 * documentation says it and not as the code does it.
 *
 * @param lines of the configuration
 */
record Person(Set<String> groups, List<Line> lines) {
    static final List<String> SERVICES = List.of("payments", "ledger", "search", "mail");

    private static final List<String> GROUPS = List.of("sre", "leads", "audit", "devs");
    private static final List<String> ROLES = List.of("viewer", "auditor", "reviewer", "operator", "admin");

    /** Roles whose holders read contents; all of them see sessions. */
    private static final Set<String> READERS = Set.of("auditor", "reviewer", "admin");

    private static final int MOST_LINES = 4;

    /** {@code role: { groups, services }}; no services means all. */
    record Line(String role, Set<String> groups, Set<String> services) {
        private boolean covers(String service) {
            return services.isEmpty() || services.contains(service);
        }
    }

    static Person any(RandomGenerator random) {
        var lines = new ArrayList<Line>();
        int count = random.nextInt(MOST_LINES + 1);
        for (int i = 0; i < count; i++) {
            lines.add(new Line(
                    ROLES.get(random.nextInt(ROLES.size())),
                    some(GROUPS, random),
                    random.nextBoolean() ? Set.of() : some(SERVICES, random)));
        }
        return new Person(some(GROUPS, random), lines);
    }

    /** One at least. */
    private static Set<String> some(List<String> all, RandomGenerator random) {
        var some = new TreeSet<String>();
        some.add(all.get(random.nextInt(all.size())));
        all.stream().filter(_ -> random.nextInt(4) == 0).forEach(some::add);
        return some;
    }

    boolean sees(String service) {
        return lines.stream().anyMatch(line -> isGiven(line) && line.covers(service));
    }

    boolean seesAnything() {
        return lines.stream().anyMatch(this::isGiven);
    }

    boolean reads(String service) {
        return lines.stream().anyMatch(line -> isGiven(line) && READERS.contains(line.role()) && line.covers(service));
    }

    boolean readsAnything() {
        return lines.stream().anyMatch(line -> isGiven(line) && READERS.contains(line.role()));
    }

    private boolean isGiven(Line line) {
        return line.groups().stream().anyMatch(groups::contains);
    }

    /** As the gate lets them in. */
    Visitor visitor(@Nullable String reason) {
        var roles = new Roles(lines.stream().map(Person::given).toList());
        var who = new Caller("corp", "somebody", List.copyOf(groups));
        return new Visitor(roles.of(who), "127.0.0.1", reason);
    }

    private static Roles.Given given(Line line) {
        Scope scope = line.services().isEmpty()
                ? Scope.EVERYTHING
                : new Scope.Only(line.services().stream().map(ServiceName::new).collect(Collectors.toSet()));
        Role role = Role.valueOf(line.role().toUpperCase(Locale.ROOT));
        return new Roles.Given(role, List.copyOf(line.groups()), scope);
    }
}
