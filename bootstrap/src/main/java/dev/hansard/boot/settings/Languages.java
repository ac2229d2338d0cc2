// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.ports.masking.Patterns;
import dev.hansard.ports.policy.ExpressionCompiler;

/**
 * What compiles the texts of a configuration that are programs.
 *
 * @param patterns the regular expressions of masking rules
 * @param expressions the expressions of policies
 */
public record Languages(Patterns patterns, ExpressionCompiler expressions) {}
