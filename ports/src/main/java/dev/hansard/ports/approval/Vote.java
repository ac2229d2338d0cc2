// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.approval;

import dev.hansard.ports.value.InvalidValueException;
import java.time.Instant;
import java.util.List;

/**
 * What one person decided. Nobody has more than one on an approval, but for a denial after having approved.
 *
 * @param provider name of the identity provider that recognised them
 * @param subject their id within that provider
 * @param verdict what they decided
 * @param comment what they wrote; may be empty
 * @param policies names of the policies that take them for a reviewer
 * @since 0.1
 */
public record Vote(
        String provider, String subject, Verdict verdict, String comment, Instant at, List<String> policies) {
    /** The longest comment, in chars. */
    public static final int LONGEST_COMMENT = 500;

    public Vote {
        policies = List.copyOf(policies);
        if (comment.length() > LONGEST_COMMENT) {
            throw new InvalidValueException("a comment must have at most " + LONGEST_COMMENT + " chars");
        }
    }

    /**
     * What can be decided.
     *
     * @since 0.1
     */
    public enum Verdict {
        APPROVE,
        DENY
    }
}
