// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.domain.properties.HasSourceCodeLocation;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What code may ask of the world around it, and keep: rules 5, 7, 8 and 12. */
final class PurityRules {
    private static final String CONSTRUCTOR = "<init>";

    /** Members that read the environment, load plugins or end the process, by owner. */
    private static final Map<String, Set<String>> PROCESS = Map.of(
            "java.lang.System",
                    Set.of("exit", "getenv", "getProperty", "getProperties", "setProperty", "setOut", "setErr"),
            "java.lang.Runtime", Set.of("exit", "halt", "addShutdownHook", "exec"),
            "java.lang.Integer", Set.of("getInteger"),
            "java.lang.Long", Set.of("getLong"),
            "java.lang.Boolean", Set.of("getBoolean"),
            "java.util.ServiceLoader", Set.of("load", "loadInstalled"));

    /** Members that give time, randomness or something of the machine, by owner, besides those of java.time. */
    private static final Map<String, Set<String>> AMBIENT = Map.ofEntries(
            Map.entry("java.lang.System", Set.of("currentTimeMillis", "nanoTime", "lineSeparator", "getenv")),
            Map.entry("java.lang.Math", Set.of("random")),
            Map.entry("java.util.UUID", Set.of("randomUUID")),
            Map.entry("java.util.Date", Set.of(CONSTRUCTOR)),
            Map.entry("java.util.Random", Set.of(CONSTRUCTOR)),
            Map.entry("java.util.SplittableRandom", Set.of(CONSTRUCTOR)),
            Map.entry("java.security.SecureRandom", Set.of(CONSTRUCTOR, "getInstance", "getInstanceStrong")),
            Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of("current")),
            Map.entry("java.util.random.RandomGenerator", Set.of("of", "getDefault")),
            Map.entry("java.util.random.RandomGeneratorFactory", Set.of("of", "getDefault", "all")),
            Map.entry("java.util.Locale", Set.of("getDefault")),
            Map.entry("java.util.TimeZone", Set.of("getDefault")),
            Map.entry("java.lang.Runtime", Set.of("getRuntime")),
            Map.entry("java.lang.ProcessHandle", Set.of("current")));

    private static final Set<String> CLOCK_READS =
            Set.of("now", "system", "systemUTC", "systemDefaultZone", "systemDefault");
    private static final Set<String> RAW_EXCEPTIONS =
            Set.of("java.lang.RuntimeException", "java.lang.Exception", "java.lang.Error", "java.lang.Throwable");

    private static final Set<String> MUTABLE = Set.of(
            "java.lang.StringBuilder",
            "java.lang.ThreadLocal",
            "java.lang.Thread",
            "java.nio.Buffer",
            "java.security.MessageDigest",
            "java.util.BitSet",
            "java.util.Random",
            "java.util.concurrent.ConcurrentMap",
            "java.util.concurrent.Executor",
            "java.util.concurrent.locks.Lock",
            "java.util.Queue");

    private final Rings rings;

    PurityRules(Rings rings) {
        this.rings = rings;
    }

    List<Rule> all() {
        return List.of(
                onlyBootAsksTheProcess(),
                coreAsksNobody(),
                noMutableStatics(),
                noFrameworkAnnotations(),
                noRawExceptions(),
                noStandardStreams());
    }

    private Rule onlyBootAsksTheProcess() {
        return new Rule(
                5,
                "process",
                Ring.ALL,
                outsideBoot(access("the process or its settings", call -> touches(call, PROCESS))));
    }

    private Rule coreAsksNobody() {
        // By owner and name, because callMethod(Instant.class, "now") sees neither Instant::now nor the overloads.
        var ambient = access(
                "a clock, a random source or the machine",
                call -> touches(call, AMBIENT)
                        || (call.getTargetOwner().getPackageName().startsWith("java.time")
                                && (CLOCK_READS.contains(call.getName())
                                        || call.getName().startsWith("tick"))));
        return new Rule(
                7,
                "ambient",
                Ring.INNER,
                noClasses()
                        .that()
                        .resideInAnyPackage(rings.all(Ring.INNER))
                        .should()
                        .accessTargetWhere(ambient));
    }

    private Rule noMutableStatics() {
        var constant = new ArchCondition<JavaField>("be final and hold nothing that changes") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                // The compiler keeps tables of its own, for a switch over an enum.
                boolean ours = !field.getModifiers().contains(JavaModifier.SYNTHETIC);
                boolean isFinal = field.getModifiers().contains(JavaModifier.FINAL);
                if (ours && (!isFinal || holdsSomethingMutable(field))) {
                    events.add(SimpleConditionEvent.violated(
                            field,
                            field.getDescription() + " is mutable static state in " + field.getSourceCodeLocation()));
                }
            }
        };
        return new Rule(
                8,
                "statics",
                Ring.ALL,
                fields().that()
                        .areStatic()
                        .and()
                        .areDeclaredInClassesThat()
                        .resideInAPackage(rings.root() + "..")
                        .should(constant));
    }

    private static boolean holdsSomethingMutable(JavaField field) {
        JavaClass type = field.getRawType();
        // A private array is a table: the code that could write to it is in the same file.
        boolean sharedArray = type.isArray() && !field.getModifiers().contains(JavaModifier.PRIVATE);
        boolean concreteCollection = type.getPackageName().startsWith("java.util")
                && !type.isInterface()
                && !type.isAssignableTo(EnumSet.class)
                && (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class));
        return sharedArray
                || concreteCollection
                || type.getPackageName().equals("java.util.concurrent.atomic")
                || MUTABLE.stream().anyMatch(type::isAssignableTo);
    }

    private Rule noFrameworkAnnotations() {
        var plain = new ArchCondition<JavaClass>("carry only annotations of java.lang and JSpecify") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream.concat(Stream.of(type), type.getMembers().stream())
                        .forEach(carrier -> carrier.getAnnotations().stream()
                                .filter(annotation -> isForeign(annotation.getRawType()))
                                .forEach(annotation -> events.add(violation(carrier, annotation))));
            }
        };
        return new Rule(
                8,
                "annotations",
                Ring.INNER,
                classes().that().resideInAnyPackage(rings.all(Ring.INNER)).should(plain));
    }

    private static boolean isForeign(JavaClass annotation) {
        return !annotation.getPackageName().startsWith("java.lang")
                && !annotation.getPackageName().equals("org.jspecify.annotations");
    }

    private static ConditionEvent violation(
            HasAnnotations<?> carrier, JavaAnnotation<? extends HasAnnotations<?>> annotation) {
        var place = ((HasSourceCodeLocation) carrier).getSourceCodeLocation();
        String finding = " carries @" + annotation.getRawType().getName() + Conditions.DECLARED_IN;
        return SimpleConditionEvent.violated(carrier, carrier.getDescription() + finding + place);
    }

    private Rule noRawExceptions() {
        var raw = access(
                "the constructor of a raw exception",
                call -> call.getName().equals(CONSTRUCTOR)
                        && RAW_EXCEPTIONS.contains(call.getTargetOwner().getName())
                        && !isSuperCall(call));
        return new Rule(
                12,
                "rawexceptions",
                Ring.ALL,
                noClasses()
                        .that()
                        .resideInAPackage(rings.root() + "..")
                        .should()
                        .accessTargetWhere(raw));
    }

    private static boolean isSuperCall(JavaAccess<?> call) {
        return call.getOrigin().getName().equals(CONSTRUCTOR)
                && call.getOriginOwner()
                        .getRawSuperclass()
                        .map(call.getTargetOwner()::equals)
                        .orElse(false);
    }

    private Rule noStandardStreams() {
        var streams = Map.of(
                "java.lang.System", Set.of("out", "err", "in", "console"),
                "java.lang.Throwable", Set.of("printStackTrace"),
                "java.lang.Thread", Set.of("dumpStack"));
        return new Rule(
                12, "streams", Ring.ALL, outsideBoot(access("the standard streams", call -> touches(call, streams))));
    }

    private ArchRule outsideBoot(DescribedPredicate<JavaAccess<?>> accesses) {
        return noClasses()
                .that()
                .resideInAPackage(rings.root() + "..")
                .and()
                .resideOutsideOfPackage(rings.all(Ring.BOOT))
                .should()
                .accessTargetWhere(accesses);
    }

    /** By assignability, so that a call through a subclass ({@code exception.printStackTrace()}) counts as well. */
    private static boolean touches(JavaAccess<?> access, Map<String, Set<String>> members) {
        return members.entrySet().stream()
                .anyMatch(entry -> entry.getValue().contains(access.getName())
                        && (access.getName().equals(CONSTRUCTOR)
                                ? access.getTargetOwner().getName().equals(entry.getKey())
                                : access.getTargetOwner().isAssignableTo(entry.getKey())));
    }

    private static DescribedPredicate<JavaAccess<?>> access(String description, Predicate<JavaAccess<?>> predicate) {
        return DescribedPredicate.describe(description, predicate);
    }
}
