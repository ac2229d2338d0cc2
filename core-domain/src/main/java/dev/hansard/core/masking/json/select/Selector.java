// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json.select;

import dev.hansard.core.masking.rule.MaskRule;
import java.util.List;

/**
 * One selector of a rule, as steps down from the whole content.
 *
 * @param rank its place among all selectors: of two that select the same value, the lower one wins
 * @param text as it was written
 */
record Selector(int rank, MaskRule rule, String text, List<Step> steps) {
    static final int NO_INDEX = -1;

    Selector {
        steps = List.copyOf(steps);
    }

    /**
     * One step: to any child, to members of a name, to the element of an index, or (as in a JSON Pointer) to what has
     * either.
     *
     * @param descend whether it leads to descendants too
     * @param any whether it takes any child
     * @param name the folded name that it takes; empty is a name too, so {@code named} says whether it counts
     * @param index the index that it takes, or {@link #NO_INDEX}
     */
    record Step(boolean descend, boolean any, boolean named, String name, int index) {
        static Step any(boolean descend) {
            return new Step(descend, true, false, "", NO_INDEX);
        }

        static Step name(boolean descend, String folded) {
            return new Step(descend, false, true, folded, NO_INDEX);
        }

        static Step index(boolean descend, int index) {
            return new Step(descend, false, false, "", index);
        }

        boolean takes(boolean isName, String child, int childIndex) {
            return any || (isName ? named && name.equals(child) : index == childIndex);
        }
    }

    /** Whether it is a mere name at any depth, which needs no automaton. */
    boolean isName() {
        return steps.size() == 1
                && steps.getFirst().descend()
                && steps.getFirst().named();
    }
}
