// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.notify;

import dev.hansard.core.audit.Auditor;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.notify.Alert;
import dev.hansard.ports.notify.AlertRecords;
import dev.hansard.ports.notify.Notice;
import dev.hansard.ports.notify.Notices;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Knows which alerts are raised, and tells when that changes: in the log, in the audit log and by a notice. An alert is
 * kept before anything is said of it, so that it is said once, whatever happens to the process; one that is killed in
 * between says it not at all, and the alert is still seen wherever alerts are listed. Safe for any number of threads;
 * a subject belongs to one of them.
 */
public final class Alerts {
    private static final Logger LOG = System.getLogger(Alerts.class.getName());

    /** The state of what needs nobody. */
    public static final String FINE = "ok";

    private final AlertRecords records;
    private final Auditor auditor;
    private final Notices notices;
    private final InstantSource clock;
    private final LongAdder raised = new LongAdder();
    private final LongAdder cleared = new LongAdder();

    public Alerts(AlertRecords records, Auditor auditor, Notices notices, InstantSource clock) {
        this.records = records;
        this.auditor = auditor;
        this.notices = notices;
        this.clock = clock;
    }

    /** How bad something is. */
    public record Reading(String subject, int level, String state, String detail) {}

    /** Those that are raised. */
    public List<Alert> raised() {
        return records.raised();
    }

    /** The level of a subject; 0 where no alert is raised. */
    public int level(String subject) {
        Alert known = find(subject);
        return known == null ? 0 : known.level();
    }

    private @Nullable Alert find(String subject) {
        return records.raised().stream()
                .filter(alert -> alert.subject().equals(subject))
                .findFirst()
                .orElse(null);
    }

    /** Takes note of how something is now; says so when its level is another one than before. */
    public void read(Reading reading) {
        Alert before = find(reading.subject());
        int level = before == null ? 0 : before.level();
        if (level == reading.level()) {
            return;
        }
        Instant now = clock.instant();
        if (reading.level() == 0) {
            records.remove(reading.subject());
            cleared.increment();
        } else {
            records.put(new Alert(reading.subject(), reading.level(), reading.state(), reading.detail(), now));
        }
        if (reading.level() > level) {
            raised.increment();
        }
        tell(reading, before == null ? FINE : before.state(), level, now);
    }

    private void tell(Reading reading, String before, int level, Instant now) {
        boolean isWorse = reading.level() > level;
        String change = isWorse ? "raised" : reading.level() == 0 ? "cleared" : "eased";
        LOG.log(
                isWorse ? Level.WARNING : Level.INFO,
                "Alert {0}: {1}: {2}",
                change,
                reading.subject(),
                reading.detail());
        notices.tell(new Notice("alert." + change, now, data(reading, before)));
        auditor.node(
                isWorse ? AuditAction.ALERT_RAISED : AuditAction.ALERT_CLEARED,
                reading.subject() + ": " + before + " -> " + reading.state());
    }

    private static String data(Reading reading, String before) {
        return new JsonText()
                .with("subject", reading.subject())
                .with("level", reading.level())
                .with("state", reading.state())
                .with("before", before)
                .with("detail", reading.detail())
                .toString();
    }

    /** How many times an alert was raised, or came to another level, since the start. */
    public long raisedCount() {
        return raised.sum();
    }

    /** How many were cleared since the start. */
    public long clearedCount() {
        return cleared.sum();
    }
}
