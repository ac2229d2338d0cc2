// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import dev.hansard.core.audit.Auditor;
import dev.hansard.core.retention.Remover.Gone;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.retention.Segment;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What went in one run, for the audit log: an entry for each service and class. Belongs to one thread. */
final class Tally {
    private final String why;
    private final Map<Owner, Gone> byClass = new LinkedHashMap<>();
    private final Set<LocalDate> days = new HashSet<>();
    private int locked;
    private int failed;
    private String failure = "";
    private @Nullable Instant until;

    /** @param why as the entries say it */
    Tally(String why) {
        this.why = why;
    }

    private record Owner(ServiceName service, RetentionClass retention, boolean isRows) {}

    Set<LocalDate> days() {
        return days;
    }

    /** What the payload store's server did not let go; empty when there is nothing. */
    String locked() {
        String end = until == null ? "until somebody lifts its legal hold" : "the first until " + until;
        return locked == 0
                ? ""
                : locked + " segments are due, but the object lock of the payload store keeps them, " + end;
    }

    /** What could not be removed; empty when there is nothing. */
    String failed() {
        return failed == 0 ? "" : failed + " segments are due, but cannot be removed; " + failure;
    }

    /** A segment could not be removed, and is tried again by the next run. */
    void failed(Segment segment, StorageException why) {
        failed++;
        if (failure.isEmpty()) {
            failure = "of " + segment.key() + ": " + why.getMessage();
        }
    }

    void add(Segment segment, Gone gone) {
        if (gone.lock() != null) {
            locked++;
            Instant end = gone.lock().until();
            until = until == null || (end != null && end.isBefore(until)) ? end : until;
        }
        if (gone.sessions() > 0) {
            days.add(LocalDate.ofInstant(segment.hour(), ZoneOffset.UTC));
            byClass.merge(new Owner(segment.service(), segment.retention(), segment.isRows()), gone, Gone::and);
        }
    }

    Gone all() {
        return byClass.values().stream().reduce(Gone.NOTHING, Gone::and);
    }

    void write(Auditor auditor) {
        byClass.forEach((owner, gone) -> auditor.node(
                AuditAction.SESSIONS_REMOVED,
                owner.service() + "/" + owner.retention() + (owner.isRows() ? " rows " : " ") + why + ": "
                        + gone.sessions() + " sessions, " + gone.bytes() + " bytes"));
    }
}
