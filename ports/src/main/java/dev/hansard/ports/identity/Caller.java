// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import dev.hansard.ports.value.InvalidValueException;
import java.util.List;

/**
 * The authenticated service that makes a call, as the identity provider named it.
 *
 * @param provider name of the identity provider in the configuration
 * @param subject stable id of the caller within that provider; at most {@value #LONGEST_SUBJECT} chars
 * @param groups groups of the caller, exactly as the provider spells them; at most {@value #MOST_GROUPS}
 * @param actors on whose behalf of whom: who acts for the subject, the nearest first (RFC 8693 section 4.1); mostly
 *     empty
 * @since 0.1
 */
public record Caller(String provider, String subject, List<String> groups, List<String> actors) {
    public static final int LONGEST_SUBJECT = 512;
    public static final int MOST_GROUPS = 128;

    /** The longest chain of actors that is followed. */
    public static final int MOST_ACTORS = 8;

    /** The caller of a listener that asks for no identity; allowed on loopback only unless written out. */
    public static final Caller ANONYMOUS = new Caller("anonymous", "anonymous", List.of());

    public Caller {
        groups = List.copyOf(groups);
        actors = List.copyOf(actors);
        if (subject.isEmpty() || subject.length() > LONGEST_SUBJECT) {
            throw new InvalidValueException("a caller's subject must have 1 to " + LONGEST_SUBJECT + " chars");
        }
        if (groups.size() > MOST_GROUPS || actors.size() > MOST_ACTORS) {
            throw new InvalidValueException(
                    "a caller must have at most " + MOST_GROUPS + " groups and " + MOST_ACTORS + " actors");
        }
    }

    /** The same without those who act for it. */
    public Caller alone() {
        return actors.isEmpty() ? this : new Caller(provider, subject, groups);
    }

    /** One that acts for itself. */
    public Caller(String provider, String subject, List<String> groups) {
        this(provider, subject, groups, List.of());
    }
}
