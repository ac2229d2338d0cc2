// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.policy;

/**
 * Compiles the expressions of policies. Immutable and safe for any number of threads.
 *
 * @since 0.1
 */
public interface ExpressionCompiler {
    /** The longest expression, in chars. */
    int LONGEST = 4_096;

    /** Compiles one and checks its names and types; never throws because of what it says. */
    Compilation compile(String text);

    /**
     * What came of it.
     *
     * @since 0.1
     */
    sealed interface Compilation {}

    /**
     * It can be used.
     *
     * @since 0.1
     */
    record Compiled(Expression expression) implements Compilation {}

    /**
     * It cannot.
     *
     * @param line in the expression, from 1
     * @param column in that line, from 1
     * @param problem what is wrong, without the position
     * @since 0.1
     */
    record Rejected(int line, int column, String problem) implements Compilation {}
}
