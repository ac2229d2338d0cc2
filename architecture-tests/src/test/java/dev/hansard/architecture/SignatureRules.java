// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What signatures may name: rules 11 to 13. */
final class SignatureRules {
    private static final String CATALOG = "catalog";
    private static final String CONTROL = "control";
    private static final String POSTGRESQL = "postgresql";
    private static final String TABLES = "tables";
    private static final String[] DATABASE = {
        "java.sql..", "javax.sql..", "org.jdbi..", "org.h2..", "org.postgresql..", "com.zaxxer.."
    };

    private final Rings rings;

    SignatureRules(Rings rings) {
        this.rings = rings;
    }

    List<Rule> all() {
        return List.of(
                portsNameOnlyPortsAndTheLanguage(),
                noOptionalParameters(),
                noOptionalFields(),
                noArraysInRecords(),
                databaseStaysInItsPackages(),
                packagesHideTheDatabase());
    }

    private Rule portsNameOnlyPortsAndTheLanguage() {
        ArchCondition<JavaCodeUnit> plain = Conditions.violatedBy(
                "name only types of ports and java..",
                unit -> signature(unit).anyMatch(type -> !type.isPrimitive() && !isPortsOrJava(type)),
                "names a type outside ports and java..");
        return new Rule(
                11,
                "portssignatures",
                Ring.PORTS,
                codeUnits()
                        .that()
                        .areDeclaredInClassesThat()
                        .resideInAPackage(rings.all(Ring.PORTS))
                        .should(plain));
    }

    private boolean isPortsOrJava(JavaClass type) {
        return resideInAnyPackage(rings.all(Ring.PORTS), "java..").test(type.getBaseComponentType())
                || type.getBaseComponentType().isPrimitive();
    }

    private Rule noOptionalParameters() {
        ArchCondition<JavaCodeUnit> plain = Conditions.violatedBy(
                "take no Optional",
                unit -> !unit.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && unit.getRawParameterTypes().stream().anyMatch(SignatureRules::isOptional),
                "takes an Optional");
        return new Rule(
                12,
                "optionalparameters",
                Ring.ALL,
                codeUnits()
                        .that()
                        .areDeclaredInClassesThat()
                        .resideInAPackage(rings.root() + "..")
                        .should(plain));
    }

    private Rule noOptionalFields() {
        ArchCondition<JavaField> plain =
                Conditions.violatedBy("hold no Optional", field -> isOptional(field.getRawType()), "holds an Optional");
        return new Rule(
                12,
                "optionalfields",
                Ring.ALL,
                fields().that()
                        .areDeclaredInClassesThat()
                        .resideInAPackage(rings.root() + "..")
                        .should(plain));
    }

    private static boolean isOptional(JavaClass type) {
        return Stream.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class)
                .anyMatch(type::isEquivalentTo);
    }

    private Rule noArraysInRecords() {
        ArchCondition<JavaField> plain = Conditions.violatedBy(
                "be no array in a record",
                field -> field.getOwner().isRecord()
                        && !field.getModifiers().contains(JavaModifier.STATIC)
                        && field.getRawType().isArray(),
                "is an array, which a record can neither protect nor compare");
        return new Rule(
                12,
                "recordarrays",
                Ring.ALL,
                fields().that()
                        .areDeclaredInClassesThat()
                        .resideInAPackage(rings.root() + "..")
                        .should(plain));
    }

    private Rule databaseStaysInItsPackages() {
        return new Rule(
                13,
                "databaseoutside",
                Ring.ALL,
                noClasses()
                        .that()
                        .resideInAPackage(rings.root() + "..")
                        .and()
                        .resideOutsideOfPackages(
                                rings.feature(Ring.STORAGE, CATALOG),
                                rings.feature(Ring.STORAGE, CONTROL),
                                rings.feature(Ring.STORAGE, POSTGRESQL),
                                rings.feature(Ring.STORAGE, TABLES))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(DATABASE));
    }

    private Rule packagesHideTheDatabase() {
        ArchCondition<JavaCodeUnit> hidden = Conditions.violatedBy(
                "show no type of JDBC or JDBI",
                unit -> isVisible(unit)
                        && signature(unit)
                                .anyMatch(type -> resideInAnyPackage(DATABASE).test(type)),
                "shows a type of JDBC or JDBI");
        return new Rule(
                13,
                "databasesignatures",
                Ring.STORAGE,
                codeUnits()
                        .that()
                        .areDeclaredInClassesThat()
                        .resideInAnyPackage(
                                rings.feature(Ring.STORAGE, CATALOG),
                                rings.feature(Ring.STORAGE, CONTROL),
                                rings.feature(Ring.STORAGE, POSTGRESQL))
                        .and()
                        .areDeclaredInClassesThat()
                        .arePublic()
                        .should(hidden));
    }

    private static boolean isVisible(JavaCodeUnit unit) {
        return unit.getModifiers().contains(JavaModifier.PUBLIC)
                || unit.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> signature(JavaCodeUnit unit) {
        return Stream.concat(Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream());
    }
}
