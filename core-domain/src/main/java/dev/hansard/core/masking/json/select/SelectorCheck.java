// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json.select;

import java.util.List;

/** What became of compiling the selectors of some rules. */
public sealed interface SelectorCheck {
    record Sound(JsonSelectors selectors) implements SelectorCheck {}

    /**
     * Some selectors cannot be used.
     *
     * @param problems all of them, in the order of the rules
     */
    record Faulty(List<SelectorProblem> problems) implements SelectorCheck {
        public Faulty {
            problems = List.copyOf(problems);
        }
    }
}
