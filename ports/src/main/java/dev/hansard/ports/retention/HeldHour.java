// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.retention;

import dev.hansard.ports.value.ServiceName;
import java.time.Instant;

/**
 * An hour of a service of which a session is held: its segments are those that hold it.
 *
 * @param hour its beginning
 * @since 0.1
 */
public record HeldHour(ServiceName service, Instant hour) {
    /** The hour of a segment. */
    public static HeldHour of(Segment segment) {
        return new HeldHour(segment.service(), segment.hour());
    }
}
