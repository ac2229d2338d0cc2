// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.usage;

import dev.hansard.core.notify.Alerts;
import dev.hansard.ports.usage.StoredParts;
import dev.hansard.ports.usage.StoredParts.Room;
import dev.hansard.ports.value.NodeName;
import java.time.Duration;

/** Raises an alert while the disk of this node has too little room. The grades themselves are those of the spool. */
public final class DiskWatch {
    /** How often to look. */
    public static final Duration EVERY = Duration.ofSeconds(10);

    private final StoredParts parts;
    private final Alerts alerts;
    private final String subject;

    public DiskWatch(StoredParts parts, Alerts alerts, NodeName node) {
        this.parts = parts;
        this.alerts = alerts;
        this.subject = "disk:" + node;
    }

    /** Looks once. */
    public void tick() {
        Room room = parts.room();
        alerts.read(
                new Alerts.Reading(subject, room.grade().level(), room.grade().word(), detail(room)));
    }

    private static String detail(Room room) {
        String free = room.free() < 0 ? "" : "; " + room.free() + " bytes are free";
        return switch (room.grade()) {
            case OK -> "the disk of the spool has room" + free;
            case LOW -> "the disk of the spool is getting full: make room on it, or keep less" + free;
            case SCARCE -> "the disk of the spool is all but full, so that strict calls are refused" + free;
            case RESERVE -> "the disk of the spool is full, and what was kept back is used for calls in flight" + free;
        };
    }
}
