// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.hansard.architecture.source.Repository;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The compiled classes of the modules, without tests. They are read from the modules' folders and not from the class
 * path: there the shaded jar would show every class twice.
 */
final class Production {
    private static final JavaClasses ALL = read(Ring.ALL);
    private static final Map<Ring, JavaClasses> BY_RING = new EnumMap<>(Ring.class);

    static {
        for (Ring ring : Ring.values()) {
            BY_RING.put(ring, read(List.of(ring)));
        }
    }

    private Production() {}

    static JavaClasses classes() {
        return ALL;
    }

    static JavaClasses classesOf(Ring ring) {
        return Objects.requireNonNull(BY_RING.get(ring));
    }

    private static JavaClasses read(List<Ring> rings) {
        List<Path> folders = rings.stream()
                .map(ring -> Repository.root().resolve(ring.module).resolve("target/classes"))
                .toList();
        return new ClassFileImporter().importPaths(folders);
    }
}
