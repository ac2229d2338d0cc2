// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.yaml;

/**
 * A text is not what a key needs. It says what is needed, never the text itself, which may be a secret; whoever
 * catches it knows whether the text may be shown.
 */
public final class MisfitException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String expected;
    private final String hint;

    /** @param expected a noun that fits after "must be" */
    public MisfitException(String expected) {
        this(expected, "");
    }

    public MisfitException(String expected, String hint) {
        super("must be " + expected);
        this.expected = expected;
        this.hint = hint;
    }

    public String expected() {
        return expected;
    }

    public String hint() {
        return hint;
    }
}
