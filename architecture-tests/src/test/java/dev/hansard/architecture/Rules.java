// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture;

import java.util.List;
import java.util.stream.Stream;

/** Every rule, for a given root package. */
final class Rules {
    private Rules() {}

    static List<Rule> of(Rings rings) {
        return Stream.of(
                        new DependencyRules(rings).all(),
                        new PurityRules(rings).all(),
                        new TypeRules(rings).all(),
                        new SignatureRules(rings).all())
                .flatMap(List::stream)
                .toList();
    }
}
