// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.policy;

import dev.hansard.boot.settings.yaml.Position;
import dev.hansard.ports.policy.Explanation;
import dev.hansard.ports.policy.Trial;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request, and what is expected to become of it.
 *
 * @param at where it is written
 */
record PolicyExample(Position at, String name, Trial trial, Expected expected) {
    /**
     * What is expected; what is null may be anything.
     *
     * @param outcome as {@link ExplanationText#outcome} says it
     * @param code of the refusal
     * @param policies those that apply, in any order
     * @param observed those that would have stopped it, in any order
     */
    record Expected(
            @Nullable String outcome,
            @Nullable String code,
            @Nullable String service,
            @Nullable List<String> policies,
            @Nullable List<String> observed) {}

    /** How the outcome differs from what is expected, one line for each difference. */
    List<String> differences(Explanation is) {
        var differences = new ArrayList<String>();
        compare(differences, "outcome", expected.outcome(), ExplanationText.outcome(is));
        compare(
                differences,
                "code",
                expected.code(),
                is.refusal() == null ? "none" : is.refusal().code());
        compare(
                differences,
                "service",
                expected.service(),
                is.service() == null ? "none" : is.service().value());
        compare(differences, "policies", expected.policies(), is.decision().policies());
        compare(differences, "observed", expected.observed(), is.decision().observed());
        return differences;
    }

    private static void compare(List<String> differences, String what, @Nullable String expected, String is) {
        if (expected != null && !expected.equals(is)) {
            differences.add(what + ": expected " + expected + ", but is " + is);
        }
    }

    private static void compare(
            List<String> differences, String what, @Nullable List<String> expected, List<String> is) {
        if (expected != null && !sorted(expected).equals(sorted(is))) {
            differences.add(what + ": expected " + sorted(expected) + ", but are " + sorted(is));
        }
    }

    private static List<String> sorted(List<String> names) {
        return names.stream().sorted().toList();
    }
}
