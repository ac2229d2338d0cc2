// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json.select;

/**
 * Why a selector cannot be used.
 *
 * @param column where in the selector, from 1
 * @param what what is wrong and what is allowed: the rest of a sentence that begins with the selector
 */
public record SelectorProblem(String rule, String selector, int column, String what) {
    /** A whole sentence that names rule and selector. */
    public String detail() {
        return "rule '%s': json selector '%s' %s (column %d)".formatted(rule, selector, what, column);
    }
}
