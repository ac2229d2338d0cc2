// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.scan;

import dev.hansard.ports.session.Direction;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;

/**
 * Values of one sort in one place of a service's messages. It holds nothing of the values.
 *
 * @param sessions in how many sessions
 * @param occurrences how many values in all
 * @param first the oldest of the sessions
 * @param last the newest
 */
public record Finding(
        ServiceName service,
        Direction direction,
        Place place,
        What what,
        Trace trace,
        int sessions,
        long occurrences,
        SessionId first,
        SessionId last) {

    /** How it shows that no rule lists the place. */
    public enum Trace {
        /** The record has the value itself: a leak. */
        CLEAR,
        /** The record does not have it, but only because a detector came upon it. */
        DETECTED
    }
}
