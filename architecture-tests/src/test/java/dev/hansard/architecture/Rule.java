// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/**
 * One rule with its number in the list of CONTRIBUTING.md and the word that names its fixture.
 *
 * @param fixture last segment of the fixture's root package
 * @param rings the rings whose classes it looks at
 */
record Rule(int number, String fixture, List<Ring> rings, ArchRule arch) {
    Rule {
        rings = List.copyOf(rings);
    }

    Rule(int number, String fixture, Ring ring, ArchRule arch) {
        this(number, fixture, List.of(ring), arch);
    }

    @Override
    public String toString() {
        return number + " " + fixture;
    }
}
