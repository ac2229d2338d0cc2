// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** What kinds of types there are and who sees them: rules 9 to 11. */
final class TypeRules {
    private final Rings rings;

    TypeRules(Rings rings) {
        this.rings = rings;
    }

    List<Rule> all() {
        return List.of(
                adaptersShowOnlyFactories(), classesAreClosed(), packagesAreNullMarked(), portsAreValuesAndRoles());
    }

    private Rule adaptersShowOnlyFactories() {
        ArchCondition<JavaClass> hidden = Conditions.violatedBy(
                "be package-private, or a factory, or a record, interface or enum that a factory names",
                type -> !new Visibility(rings, type).isJustified(),
                "is public, but neither a factory nor named by one");
        return new Rule(
                9,
                "visibility",
                Ring.ADAPTERS,
                classes()
                        .that()
                        .resideInAnyPackage(rings.all(Ring.ADAPTERS))
                        .and()
                        .arePublic()
                        .should(hidden));
    }

    private Rule classesAreClosed() {
        ArchCondition<JavaClass> closed = Conditions.violatedBy(
                "be final, sealed or abstract",
                type -> !type.isInterface()
                        && !type.isEnum()
                        && !type.isAnonymousClass()
                        && !isSubclassOfAnEnum(type)
                        && !type.isSealed()
                        && !type.getModifiers().contains(JavaModifier.FINAL)
                        && !type.getModifiers().contains(JavaModifier.ABSTRACT),
                "is open: neither final nor sealed nor abstract");
        return new Rule(
                9,
                "openclasses",
                Ring.ALL,
                classes().that().resideInAPackage(rings.root() + "..").should(closed));
    }

    private static boolean isSubclassOfAnEnum(JavaClass type) {
        return type.getRawSuperclass().map(JavaClass::isEnum).orElse(false);
    }

    private Rule packagesAreNullMarked() {
        ArchCondition<JavaClass> marked = Conditions.violatedBy(
                "lie in a package whose package-info says @NullMarked",
                type -> !type.getPackage().isAnnotatedWith(NullMarked.class),
                "lies in a package without @NullMarked in a package-info");
        return new Rule(
                10,
                "nullmarked",
                Ring.ALL,
                classes()
                        .that()
                        .resideInAPackage(rings.root() + "..")
                        .and()
                        .areTopLevelClasses()
                        .should(marked));
    }

    private Rule portsAreValuesAndRoles() {
        ArchCondition<JavaClass> value = Conditions.violatedBy(
                "be an interface, record, enum, sealed type, exception or final value",
                type -> !type.isInterface()
                        && !type.isRecord()
                        && !type.isEnum()
                        && !type.isAnonymousClass()
                        && !isSubclassOfAnEnum(type)
                        && !type.isSealed()
                        && !type.isAssignableTo(Throwable.class)
                        && !type.getModifiers().contains(JavaModifier.FINAL),
                "is no interface, record, enum, sealed type, exception or final value");
        return new Rule(
                11,
                "portstypes",
                Ring.PORTS,
                classes().that().resideInAPackage(rings.all(Ring.PORTS)).should(value));
    }
}
