// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

import dev.hansard.ports.audit.AuditEvent;
import dev.hansard.ports.value.InvalidValueException;
import java.time.Instant;
import java.util.Locale;

/**
 * Something that happened to a hold.
 *
 * @param provider name of the identity provider that recognised the actor
 * @param actor the actor's subject
 * @since 0.1
 */
public record HoldEvent(Kind kind, Instant at, String provider, String actor, String reason) {
    /** What can happen. */
    public enum Kind {
        PLACED,
        /** One person wants it to be removed. */
        REMOVAL_ASKED,
        /** A second person agreed: it holds no more. */
        REMOVED;

        /** As it is written: lower case with dashes. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public HoldEvent {
        if (reason.isBlank() || reason.length() > AuditEvent.LONGEST_REASON) {
            throw new InvalidValueException(
                    "the reason of a hold must have 1 to " + AuditEvent.LONGEST_REASON + " characters");
        }
    }

    /** Whether another event is of the same person. */
    public boolean isBySame(String otherProvider, String otherActor) {
        return provider.equals(otherProvider) && actor.equals(otherActor);
    }
}
