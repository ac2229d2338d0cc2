// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rings below a root package: {@code dev.hansard} for the product, or the root of a fixture.
 *
 * @param root package without a trailing dot
 */
record Rings(String root) {
    /** The product itself. */
    static final Rings HANSARD = new Rings("dev.hansard");

    /** A ring and a feature in it, such as {@code http} and {@code proxy}. */
    record Place(Ring ring, String feature) {}

    /** All packages of {@code ring}, as ArchUnit writes it. */
    String all(Ring ring) {
        return root + "." + ring.packageName + "..";
    }

    String[] all(List<Ring> rings) {
        return rings.stream().map(this::all).toArray(String[]::new);
    }

    String feature(Ring ring, String feature) {
        return root + "." + ring.packageName + "." + feature + "..";
    }

    /** The packages of {@code ring} and of {@code others}, and further patterns. */
    String[] allowed(Ring ring, List<Ring> others, List<String> patterns) {
        var allowed = new ArrayList<String>();
        allowed.add(all(ring));
        others.forEach(other -> allowed.add(all(other)));
        allowed.addAll(ring.libraries);
        allowed.addAll(patterns);
        return allowed.toArray(String[]::new);
    }

    /** Whose class it is, in a feature or beside them; empty outside the rings. */
    Optional<Ring> ringOf(JavaClass type) {
        return Ring.ALL.stream()
                .filter(ring -> (type.getPackageName() + ".").startsWith(root + "." + ring.packageName + "."))
                .findFirst();
    }

    /** Where a class lies; empty outside the rings and for a class beside the features. */
    Optional<Place> placeOf(JavaClass type) {
        for (Ring ring : Ring.values()) {
            String prefix = root + "." + ring.packageName + ".";
            if (type.getPackageName().startsWith(prefix)) {
                String rest = type.getPackageName().substring(prefix.length());
                int dot = rest.indexOf('.');
                return Optional.of(new Place(ring, dot < 0 ? rest : rest.substring(0, dot)));
            }
        }
        return Optional.empty();
    }
}
