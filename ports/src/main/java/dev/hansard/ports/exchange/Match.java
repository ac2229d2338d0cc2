// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

import org.jspecify.annotations.Nullable;

/**
 * One way to reach a service: every part that is set must fit. Of several that fit, one with a host comes before one
 * without, and a longer path prefix before a shorter.
 *
 * @param listener name of a listener; null for any
 * @param host host name without port, lower case; null for any
 * @param pathPrefix canonical path that starts with {@code /}, matched by whole segments; null for any
 * @param stripPrefix whether the upstream sees the path without the prefix
 * @since 0.1
 */
public record Match(
        @Nullable String listener,
        @Nullable String host,
        @Nullable String pathPrefix,
        boolean stripPrefix) {
    /** Everything. */
    public static final Match ANY = new Match(null, null, null, false);
}
