// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.yaml;

/**
 * Something wrong or doubtful in a configuration file.
 *
 * @param hint what to do about it; empty when there is nothing to add
 */
public record Problem(Position at, Severity severity, String message, String hint) {
    /** How bad it is: an error stops the start, a warning does not. */
    public enum Severity {
        ERROR,
        WARNING;

        @Override
        public String toString() {
            return this == ERROR ? "error" : "warning";
        }
    }

    /** As compilers print it, with the hint on an indented line of its own. */
    @Override
    public String toString() {
        String line = at + ": " + severity + ": " + message;
        return hint.isEmpty() ? line : line + System.lineSeparator() + "  hint: " + hint;
    }
}
