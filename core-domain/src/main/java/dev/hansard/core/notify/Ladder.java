// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.notify;

import dev.hansard.ports.value.InvalidValueException;
import java.util.List;

/**
 * Turns a figure that moves up and down into levels that do not flap: a step is taken as soon as the figure reaches it,
 * and left only when the figure has gone more than a gap below it.
 *
 * @param steps each greater than the one before; level 1 is at the first
 * @param gap how far below a step the figure must go for the level to fall
 */
public record Ladder(List<Integer> steps, int gap) {
    public Ladder {
        steps = List.copyOf(steps);
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i) <= steps.get(i - 1)) {
                throw new InvalidValueException("the steps of a ladder must go up, but are " + steps);
            }
        }
        if (gap < 0) {
            throw new InvalidValueException("the gap of a ladder must be 0 or more, but is " + gap);
        }
    }

    /**
     * The level of a figure.
     *
     * @param before the level until now; 0 is below all steps
     */
    public int level(int before, double figure) {
        int level = Math.clamp(before, 0, steps.size());
        while (level < steps.size() && figure >= steps.get(level)) {
            level++;
        }
        while (level > 0 && figure < steps.get(level - 1) - gap) {
            level--;
        }
        return level;
    }
}
