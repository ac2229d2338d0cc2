// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import dev.hansard.ports.retention.HeldHour;
import dev.hansard.ports.retention.Holds;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.session.StorageException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;

/**
 * Has the payload store's own legal hold on the segments of what is held, where it has such: then nobody who has the
 * keys to the store can remove them either. The register decides; this follows it, by the hour, and is brought up to it
 * again and again, since what is in a spool when a hold is placed becomes a segment later.
 */
public final class HeldSegments {
    private static final Logger LOG = System.getLogger(HeldSegments.class.getName());

    private final Holds holds;
    private final Segments segments;

    public HeldSegments(Holds holds, Segments segments) {
        this.holds = holds;
        this.segments = segments;
    }

    /** Holds all segments of hours of which something is held. That a store fails is logged, and it is tried again. */
    void settle() {
        if (!segments.canHold()) {
            return;
        }
        try {
            Set<HeldHour> hours = holds.hours();
            if (!hours.isEmpty()) {
                each(hours, true);
            }
        } catch (StorageException e) {
            LOG.log(
                    Level.WARNING,
                    "The payload store does not hold all that is held yet, which is tried again within the hour: {0}",
                    e.getMessage());
        }
    }

    /** The hours of which something is held. */
    Set<HeldHour> hours() {
        return segments.canHold() ? holds.hours() : Set.of();
    }

    /**
     * Lets the segments go of which nothing is held any more.
     *
     * @param before what was held before a hold was removed
     */
    void letGo(Set<HeldHour> before) {
        try {
            Set<HeldHour> gone = new HashSet<>(before);
            gone.removeAll(hours());
            if (!gone.isEmpty()) {
                each(gone, false);
            }
        } catch (StorageException e) {
            LOG.log(
                    Level.WARNING,
                    "The payload store goes on holding what is not held any more; lift its legal hold there: {0}",
                    e.getMessage());
        }
    }

    private void each(Set<HeldHour> hours, boolean held) {
        String after = "";
        while (after != null) {
            Segments.Page page = segments.list(after);
            page.segments().stream()
                    .filter(segment -> hours.contains(HeldHour.of(segment)))
                    .forEach(segment -> segments.hold(segment, held));
            after = page.next();
        }
    }
}
