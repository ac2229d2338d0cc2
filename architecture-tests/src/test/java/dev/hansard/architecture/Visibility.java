// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a public type of an adapter has a reason to be public. Packages that siblings may use show what they like. A
 * factory is a final class with a public static method that is not its own accessor, or one that the JDK's
 * ServiceLoader makes; what a factory's public signatures name, and what those types name in turn, may be public when
 * it holds no code that could be a second way in: a record, interface or enum.
 */
record Visibility(Rings rings, JavaClass type) {
    boolean isJustified() {
        return isHiddenByItsOuterClass()
                || isShown()
                || isFactory(type)
                || (isPlain(type) && namedByFactories().contains(type));
    }

    private boolean isHiddenByItsOuterClass() {
        return Stream.iterate(type.getEnclosingClass(), outer -> outer.flatMap(JavaClass::getEnclosingClass))
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream)
                .anyMatch(outer -> !outer.getModifiers().contains(JavaModifier.PUBLIC));
    }

    private boolean isShown() {
        return rings.placeOf(type).filter(DependencyRules::isShown).isPresent();
    }

    private boolean isFactory(JavaClass candidate) {
        boolean hasStaticWayIn = candidate.getMethods().stream()
                .anyMatch(method -> isPublic(method) && method.getModifiers().contains(JavaModifier.STATIC));
        boolean isService = candidate.getAllRawInterfaces().stream()
                .anyMatch(
                        role -> role.getPackageName().startsWith(rings.root() + "." + Ring.PORTS.packageName + ".spi"));
        return candidate.getModifiers().contains(JavaModifier.FINAL)
                && !candidate.isRecord()
                && (hasStaticWayIn || isService);
    }

    private static boolean isPlain(JavaClass candidate) {
        return candidate.isRecord() || candidate.isInterface() || candidate.isEnum() || candidate.isSealed();
    }

    private Set<JavaClass> namedByFactories() {
        var named = new HashSet<JavaClass>();
        var open = new ArrayDeque<JavaClass>();
        type.getPackage().getClasses().stream().filter(this::isFactory).forEach(open::add);
        while (!open.isEmpty()) {
            signatureTypes(open.remove())
                    .filter(other -> other.getPackageName().equals(type.getPackageName()))
                    .filter(named::add)
                    .forEach(open::add);
        }
        return named;
    }

    private static Stream<JavaClass> signatureTypes(JavaClass owner) {
        var fromMembers = owner.getMethods().stream()
                .filter(Visibility::isPublic)
                .flatMap(
                        method -> Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream()))
                .map(JavaType::getAllInvolvedRawTypes)
                .flatMap(Set::stream);
        // A case of a sealed type, or a type nested in a named one, is reached by a pattern and not by a signature.
        var reached = owner.getPackage().getClasses().stream()
                .filter(other -> isNestedIn(owner, other) || isCaseOf(owner, other));
        return Stream.concat(fromMembers, reached);
    }

    private static boolean isNestedIn(JavaClass owner, JavaClass other) {
        return other.getEnclosingClass().filter(owner::equals).isPresent();
    }

    private static boolean isCaseOf(JavaClass owner, JavaClass other) {
        return owner.isSealed() && other.getRawInterfaces().contains(owner);
    }

    private static boolean isPublic(JavaMethod method) {
        return method.getModifiers().contains(JavaModifier.PUBLIC);
    }
}
