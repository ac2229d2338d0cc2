// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

import java.util.Locale;

/**
 * Why records are removed.
 *
 * @since 0.1
 */
public enum Cause {
    /** They are older than their class keeps them. */
    EXPIRED,
    /** Their service has no more room. */
    QUOTA,
    /** Somebody wants this one session to be gone. */
    ERASED,
    /** The same, where its key was destroyed first: copies of the segment cannot be read either. */
    SHREDDED;

    /** As it is written: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
