// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import dev.hansard.ports.value.InvalidValueException;

/**
 * A pattern for a name or a value: {@code *} stands for any run of characters, everything else for itself, with its
 * case. Immutable; matching leaves no garbage.
 *
 * @param text as it was written
 */
public record TextGlob(String text) {
    /** The longest pattern. */
    public static final int LONGEST = 512;

    public TextGlob {
        if (text.length() > LONGEST) {
            throw new InvalidValueException("a pattern must have at most " + LONGEST + " characters");
        }
    }

    /** Whether it matches everything. */
    boolean isAny() {
        return text.equals("*");
    }

    /** Whether all of {@code value} matches. Greedy, with one way back: at most length times length steps. */
    public boolean matches(String value) {
        int at = 0;
        int next = 0;
        int star = -1;
        int resume = 0;
        while (at < value.length()) {
            if (next < text.length() && text.charAt(next) == '*') {
                star = next++;
                resume = at;
            } else if (next < text.length() && text.charAt(next) == value.charAt(at)) {
                next++;
                at++;
            } else if (star >= 0) {
                next = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (next < text.length() && text.charAt(next) == '*') {
            next++;
        }
        return next == text.length();
    }

    @Override
    public String toString() {
        return text;
    }
}
