// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.masking;

import dev.hansard.boot.settings.yaml.Position;
import dev.hansard.core.masking.rule.MaskRule;
import java.util.List;
import java.util.Map;

/**
 * A rule, and where its parts were written.
 *
 * @param at where its name stands
 * @param isSound whether nothing is wrong with it; if something is, that is among the problems already
 * @param parts its selectors by the key under which they stand, in the order of the rule
 */
record WrittenRule(MaskRule rule, Position at, boolean isSound, Map<String, List<Element>> parts) {
    WrittenRule {
        parts = Map.copyOf(parts);
    }

    String name() {
        return rule.name();
    }

    List<Element> parts(String key) {
        return parts.getOrDefault(key, List.of());
    }

    /** The same rule, known to be wrong. */
    WrittenRule unsound() {
        return new WrittenRule(rule, at, false, parts);
    }
}
