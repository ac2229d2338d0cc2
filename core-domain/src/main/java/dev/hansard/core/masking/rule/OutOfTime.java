// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.rule;

/**
 * Masking a content has taken as long as it may: the content is withheld. It is no {@link Unmaskable}, because that may
 * be caught for a part, and the rest goes on.
 */
public final class OutOfTime extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfTime() {
        // Without a stack trace: hostile content can ask for many.
        super("masking takes longer than " + TimeLimit.MAX_NANOS + " ns", null, false, false);
    }
}
