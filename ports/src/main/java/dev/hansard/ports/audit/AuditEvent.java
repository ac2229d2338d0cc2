// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.audit;

import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that somebody did, or tried to do. It never holds a payload, a token or a key.
 *
 * @param at when
 * @param provider name of the identity provider that recognised the actor; empty for the node itself and for strangers
 * @param actor the actor's subject; empty for a stranger
 * @param action what was done
 * @param object what it was done to, such as a service, the id of an API key or a path; may be empty
 * @param session the session that was looked at
 * @param from textual IP address of the peer; empty for the node itself
 * @param reason what the actor gave as the reason
 * @param allowed whether it was done; false for an attempt that was refused
 * @since 0.1
 */
public record AuditEvent(
        Instant at,
        String provider,
        String actor,
        AuditAction action,
        String object,
        @Nullable SessionId session,
        String from,
        @Nullable String reason,
        boolean allowed) {
    /** The longest reason. */
    public static final int LONGEST_REASON = 500;

    /** The longest of the other texts. */
    public static final int LONGEST_TEXT = 1_024;

    public AuditEvent {
        if (provider.length() > LONGEST_TEXT
                || actor.length() > LONGEST_TEXT
                || object.length() > LONGEST_TEXT
                || from.length() > LONGEST_TEXT) {
            throw new InvalidValueException("a text of an audit event must have at most " + LONGEST_TEXT + " chars");
        }
        if (reason != null && (reason.isBlank() || reason.length() > LONGEST_REASON)) {
            throw new InvalidValueException("a reason must have 1 to " + LONGEST_REASON + " chars");
        }
    }
}
