// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

import dev.hansard.ports.value.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A legal hold: it keeps the sessions that its query found when it was placed, whatever their retention class says,
 * until two people have removed it.
 *
 * @param id {@code hold_} and 12 letters and digits
 * @param name unique among those that are active
 * @param query as it was written; later sessions that would fit it are not held
 * @param sessions how many it found
 * @param events all that happened to it, the oldest first; the first one placed it
 * @since 0.1
 */
public record Hold(String id, String name, String query, long sessions, List<HoldEvent> events) {
    /** How long one person's wish to remove a hold waits for the second. */
    public static final Duration REQUEST_LASTS = Duration.ofDays(7);

    /** The longest name. */
    public static final int LONGEST_NAME = 100;

    public Hold {
        events = List.copyOf(events);
        boolean printable = name.codePoints().noneMatch(Character::isISOControl);
        if (name.isBlank() || name.length() > LONGEST_NAME || !printable) {
            throw new InvalidValueException(
                    "the name of a hold must be 1 to " + LONGEST_NAME + " characters of text in one line");
        }
        if (events.isEmpty() || events.getFirst().kind() != HoldEvent.Kind.PLACED) {
            throw new InvalidValueException("hold '" + name + "' must begin with being placed");
        }
    }

    /** Whether it still holds. */
    public boolean isActive() {
        return events.getLast().kind() != HoldEvent.Kind.REMOVED;
    }

    /** The wish to remove it that waits for a second person; null when there is none. */
    public @Nullable HoldEvent request(Instant now) {
        HoldEvent last = events.getLast();
        boolean open = last.kind() == HoldEvent.Kind.REMOVAL_ASKED
                && now.isBefore(last.at().plus(REQUEST_LASTS));
        return open ? last : null;
    }
}
