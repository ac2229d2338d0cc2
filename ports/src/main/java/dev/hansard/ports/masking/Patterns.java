// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.masking;

/**
 * Compiles the regular expressions of users, in RE2 syntax: matching takes time linear in the text, so that no pattern
 * and no text can stop the proxy. Immutable and safe for any number of threads.
 *
 * @since 0.1
 */
public interface Patterns {
    /** Longest regular expression, in chars. */
    int MAX_REGEX = 1_000;

    /** Largest program that one may compile to, in instructions; repetitions are written out. */
    int MAX_PROGRAM = 20_000;

    /** Compiles one; never throws because of what it says. */
    Compilation compile(String regex);

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
    record Compiled(TextPattern pattern) implements Compilation {}

    /**
     * It cannot.
     *
     * @param at the index of the char in the regex from which on it is wrong
     * @param message what is wrong and what is allowed, without the position
     * @since 0.1
     */
    record Rejected(int at, String message) implements Compilation {}
}
