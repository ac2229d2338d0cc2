// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import java.util.List;

/**
 * The authenticated service that makes a call, as the identity provider named it.
 *
 * @param provider name of the identity provider in the configuration
 * @param subject stable id of the caller within that provider
 * @param groups groups of the caller, exactly as the provider spells them
 * @since 0.1
 */
public record Caller(String provider, String subject, List<String> groups) {
    /** The caller of a listener that asks for no identity; allowed on loopback only unless written out. */
    public static final Caller ANONYMOUS = new Caller("anonymous", "anonymous", List.of());

    public Caller {
        groups = List.copyOf(groups);
    }
}
