// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.scan;

import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.core.masking.rule.NameRules;
import java.util.List;

/**
 * One selector of a rule, as a text under one of the rule's keys.
 *
 * @param text as it is written in a rule
 */
public record Selection(RuleKey key, String text) implements Comparable<Selection> {
    /** The keys of a rule that a proposal uses. */
    public enum RuleKey {
        JSON,
        FORM,
        QUERY,
        HEADERS,
        XML,
        DETECT;

        /** What a rule has under the key. */
        public List<String> of(MaskRule rule) {
            return switch (this) {
                case JSON -> rule.json();
                case FORM -> rule.form();
                case QUERY -> rule.query();
                case HEADERS -> rule.headers();
                case XML -> rule.xml();
                case DETECT -> rule.detect();
            };
        }
    }

    /** The same for selectors that select the same because names are compared whatever their case. */
    Selection folded() {
        return new Selection(key, NameRules.folded(text));
    }

    /** Whether a rule has it, in whatever case. */
    boolean isIn(MaskRule rule) {
        return key.of(rule).stream().anyMatch(other -> NameRules.folded(other).equals(NameRules.folded(text)));
    }

    @Override
    public int compareTo(Selection other) {
        int byKey = key.compareTo(other.key);
        return byKey != 0 ? byKey : text.compareTo(other.text);
    }
}
