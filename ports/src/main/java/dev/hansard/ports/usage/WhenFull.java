// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.usage;

import java.util.Locale;

/**
 * What happens when a service has used up its quota.
 *
 * @since 0.1
 */
public enum WhenFull {
    /** Its oldest sessions go, before the time of their class is over; never those that are held. */
    PRUNE_OLDEST,
    /** Its calls are refused. */
    REJECT;

    /** As it is written: lower case with dashes. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
