// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The names that the rules are made of are the names of the packages that exist. */
final class RingTest {
    @ParameterizedTest
    @EnumSource
    void namesTheFeaturesThatExist(Ring ring) {
        String prefix = "dev.hansard." + ring.packageName + ".";

        var found = Production.classesOf(ring).stream()
                .map(type -> type.getPackageName() + ".")
                .map(name -> name.startsWith(prefix) ? name.substring(prefix.length()) : name)
                .map(rest -> rest.substring(0, Math.max(0, rest.indexOf('.'))))
                .filter(feature -> !feature.isEmpty())
                .collect(Collectors.toSet());

        assertThat(found).as("packages in %s", ring.module).isEqualTo(ring.features);
    }

    @ParameterizedTest
    @EnumSource
    void keepsEachModuleInItsPackage(Ring ring) {
        JavaClasses classes = Production.classesOf(ring);

        assertThat(classes)
                .as("classes of %s", ring.module)
                .allMatch(type -> (type.getPackageName() + ".").startsWith("dev.hansard." + ring.packageName + "."));
    }

    @ParameterizedTest
    @EnumSource
    void callsAModuleEmptyOnlyWhileItIs(Ring ring) {
        assertThat(Production.classesOf(ring).stream().allMatch(RingTest::isPackageInfo))
                .isEqualTo(ring.isEmpty());
    }

    @Test
    void putsEveryClassOfThePortsAndAdaptersIntoAFeature() {
        var strays = Arrays.stream(Ring.values())
                .filter(ring -> ring != Ring.BOOT)
                .flatMap(ring -> Production.classesOf(ring).stream()
                        .filter(type -> type.getPackageName().equals("dev.hansard." + ring.packageName))
                        .filter(type -> !isPackageInfo(type)))
                .map(JavaClass::getName);

        assertThat(strays).isEmpty();
    }

    /** The compiler makes a class of it, but it is none. */
    private static boolean isPackageInfo(JavaClass type) {
        return type.getSimpleName().equals("package-info");
    }
}
