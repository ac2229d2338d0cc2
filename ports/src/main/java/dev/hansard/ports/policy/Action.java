// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.policy;

import java.util.Locale;

/**
 * What a policy does with the requests that it is for, from the most lenient to the strictest.
 *
 * @since 0.1
 */
public enum Action {
    /** They pass. */
    ALLOW,
    /** They wait until people have approved them. */
    REQUIRE_APPROVAL,
    /** They do not pass. */
    DENY;

    /** As it is written: lower case with dashes. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The stricter of the two. */
    public Action or(Action other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
