// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json.select;

/**
 * Why a selector cannot be used.
 *
 * @param column where in the selector, from 1
 * @param detail what is wrong and what is allowed, as a whole sentence that names rule and selector
 */
public record SelectorProblem(String rule, String selector, int column, String detail) {}
