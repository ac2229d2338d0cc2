// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

/**
 * What one rule does to what it selects.
 *
 * @param rule its name, as the record shows it
 */
public record Treatment(String rule, MaskAction action) {}
