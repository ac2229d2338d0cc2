// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who may use whom: rules 1 to 6. */
final class DependencyRules {
    private static final String JSPECIFY = "org.jspecify.annotations";
    private static final List<String> JDK = List.of("java..", JSPECIFY);

    /** Packages of an adapter that its other packages may use, and the only pair beside them. */
    private static final Map<Ring, Set<String>> SHARED = Map.of(
            Ring.HTTP, Set.of("wire", "problem", "deadline", "tls"),
            Ring.IDENTITY, Set.of("jose", "xml"),
            Ring.STORAGE, Set.of("crypt", "tables", "tokens"));

    private static final Map<Rings.Place, Set<String>> MAY_USE =
            Map.of(new Rings.Place(Ring.HTTP, "proxy"), Set.of("upstream"));

    /**
     * Libraries of one feature of boot that the rest of it may not use: the demo plays two services on Helidon's
     * server, and wiring asks the JDK for the limit of open files, which java.lang.management does not tell (ADR 9).
     */
    private static final Map<Rings.Place, String> OF_FEATURES = Map.of(
            new Rings.Place(Ring.BOOT, "demo"), "io.helidon..",
            new Rings.Place(Ring.BOOT, "wiring"), "com.sun.management..");

    private final Rings rings;

    DependencyRules(Rings rings) {
        this.rings = rings;
    }

    List<Rule> all() {
        return List.of(
                portsUseOnlyTheLanguage(),
                coreUsesOnlyPorts(),
                libraries(Ring.HTTP, "httplibraries"),
                libraries(Ring.STORAGE, "storagelibraries"),
                libraries(Ring.IDENTITY, "identitylibraries"),
                bootLibraries(),
                adaptersStandApart(),
                siblingsStandApart(),
                nobodyUsesBoot(),
                features());
    }

    private Rule portsUseOnlyTheLanguage() {
        // A path is a value like a URL; opening one is not the business of ports.
        var io = resideInAnyPackage("java.nio.file..", "java.sql..", "java.net..")
                .and(DescribedPredicate.not(named("java.nio.file.Path")));
        var allowed = resideInAnyPackage(rings.allowed(Ring.PORTS, List.of(), JDK))
                .and(DescribedPredicate.not(io))
                .as("ports, java.. without files (but Path), network and SQL, and JSpecify");
        return new Rule(
                1,
                "portslibraries",
                Ring.PORTS,
                classes()
                        .that()
                        .resideInAPackage(rings.all(Ring.PORTS))
                        .should()
                        .onlyDependOnClassesThat(allowed));
    }

    private Rule coreUsesOnlyPorts() {
        var allowed = resideInAnyPackage(rings.allowed(Ring.CORE, List.of(Ring.PORTS), JDK))
                .and(DescribedPredicate.not(resideInAnyPackage("java.sql..", "java.net..", "java.nio.file..")))
                .as("core, ports, java.. without files, network and SQL, and JSpecify");
        return new Rule(
                2,
                "corelibraries",
                Ring.CORE,
                classes().that().resideInAPackage(rings.all(Ring.CORE)).should().onlyDependOnClassesThat(allowed));
    }

    private Rule libraries(Ring ring, String fixture) {
        // Other rings are rule 4's matter, so that each breach is reported once.
        var own = resideInAnyPackage(rings.allowed(ring, Ring.ALL, JDK)).as("the libraries named for " + ring.module);
        return new Rule(
                3,
                fixture,
                ring,
                classes().that().resideInAPackage(rings.all(ring)).should().onlyDependOnClassesThat(own));
    }

    private Rule bootLibraries() {
        var own = resideInAnyPackage(rings.allowed(Ring.BOOT, Ring.ALL, JDK));
        var named = new ArchCondition<JavaClass>("use only the libraries named for bootstrap or for their feature") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var allowed = rings.placeOf(type)
                        .map(OF_FEATURES::get)
                        .map(library -> own.or(resideInAPackage(library)))
                        .orElse(own);
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> !allowed.test(dependency.getTargetClass()))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
            }
        };
        return new Rule(
                3,
                "bootlibraries",
                Ring.BOOT,
                classes().that().resideInAPackage(rings.all(Ring.BOOT)).should(named));
    }

    private Rule adaptersStandApart() {
        var foreign = new ArchCondition<JavaClass>("use no other adapter and not the core") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Ring own = rings.ringOf(type).orElseThrow();
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    rings.ringOf(dependency.getTargetClass())
                            .filter(ring -> ring != own && ring != Ring.PORTS && ring != Ring.BOOT)
                            .ifPresent(
                                    _ -> events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
                }
            }
        };
        return new Rule(
                4,
                "adapters",
                Ring.ADAPTERS,
                classes().that().resideInAnyPackage(rings.all(Ring.ADAPTERS)).should(foreign));
    }

    private Rule siblingsStandApart() {
        var siblings = new ArchCondition<JavaClass>("use no sibling package but the shared ones") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                // What lies beside the features has no siblings; RingTest says what may.
                rings.placeOf(type).ifPresent(own -> check(type, own, events));
            }

            private void check(JavaClass type, Rings.Place own, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    rings.placeOf(dependency.getTargetClass())
                            .filter(other -> isForbiddenSibling(own, other))
                            .ifPresent(
                                    _ -> events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
                }
            }
        };
        return new Rule(
                4,
                "siblings",
                Ring.ADAPTERS,
                classes().that().resideInAnyPackage(rings.all(Ring.ADAPTERS)).should(siblings));
    }

    /** Whether a sibling may use the feature, so that it must have public types. */
    static boolean isShown(Rings.Place place) {
        return isShared(place)
                || MAY_USE.entrySet().stream()
                        .anyMatch(use -> use.getKey().ring() == place.ring()
                                && use.getValue().contains(place.feature()));
    }

    private static boolean isShared(Rings.Place place) {
        return SHARED.getOrDefault(place.ring(), Set.of()).contains(place.feature());
    }

    private static boolean isForbiddenSibling(Rings.Place own, Rings.Place other) {
        return own.ring() == other.ring()
                && !own.feature().equals(other.feature())
                && !isShared(other)
                && !MAY_USE.getOrDefault(own, Set.of()).contains(other.feature());
    }

    private Rule nobodyUsesBoot() {
        return new Rule(
                5,
                "boot",
                Ring.ALL,
                noClasses()
                        .that()
                        .resideInAPackage(rings.root() + "..")
                        .and()
                        .resideOutsideOfPackage(rings.all(Ring.BOOT))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(rings.all(Ring.BOOT)));
    }

    private Rule features() {
        var byFeature = new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return rings.placeOf(type)
                        .map(place -> SliceIdentifier.of(place.ring().packageName, place.feature()))
                        .orElseGet(SliceIdentifier::ignore);
            }

            @Override
            public String getDescription() {
                return "features of a ring";
            }
        };
        return new Rule(
                6, "cycles", Ring.ALL, slices().assignedFrom(byFeature).should().beFreeOfCycles());
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe(name, type -> type.getName().equals(name));
    }
}
