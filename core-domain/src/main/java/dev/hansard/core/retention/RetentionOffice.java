// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import dev.hansard.core.audit.Auditor;
import dev.hansard.core.retention.Remover.Order;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.retention.Cause;
import dev.hansard.ports.retention.Holds;
import dev.hansard.ports.retention.Pruning;
import dev.hansard.ports.retention.RetentionDesk;
import dev.hansard.ports.retention.RetentionPlan;
import dev.hansard.ports.retention.Segments;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.value.SessionId;

/** Shows operators what would go, and does what they ask. */
public final class RetentionOffice implements RetentionDesk {
    private static final String RETENTION = "retention";

    private final Works works;
    private final SessionCatalog catalog;
    private final Holds holds;
    private final Eraser eraser;
    private final Auditor auditor;

    /** An office over what removes sessions. */
    public RetentionOffice(
            Works works, SessionCatalog catalog, Holds holds, Segments segments, Remover remover, Auditor auditor) {
        this.works = works;
        this.catalog = catalog;
        this.holds = holds;
        this.eraser = new Eraser(segments, remover);
        this.auditor = auditor;
    }

    /** What is directed from here. */
    public record Works(Pruner pruner, RetentionKeeper keeper, ClockCheck clock) {}

    @Override
    public RetentionPlan plan(Visitor visitor) {
        auditor.require(visitor, Permission.OPERATE, RETENTION);
        return works.pruner().plan(works.keeper().next());
    }

    @Override
    public Pruning prune(Visitor visitor, int most) {
        auditor.require(visitor, Permission.OPERATE, RETENTION);
        auditor.does(visitor, AuditAction.RETENTION_RUN, RETENTION, null);
        return works.pruner().prune(most);
    }

    @Override
    public void trustClock(Visitor visitor) {
        auditor.require(visitor, Permission.OPERATE, RETENTION);
        auditor.does(visitor, AuditAction.CLOCK_TRUSTED, RETENTION, null);
        works.clock().trust();
    }

    @Override
    public Erasure erase(Visitor visitor, SessionId id) {
        auditor.require(visitor, Permission.ERASE_SESSIONS, id.toString());
        String reason = visitor.reason();
        if (reason == null) {
            throw auditor.refused(
                    visitor,
                    id.toString(),
                    new Refusal(
                            403,
                            "reason_required",
                            "A session is erased for a reason: send it in Hansard-Reason, or give --reason."));
        }
        SessionSummary summary = catalog.find(id)
                .map(CatalogEntry::summary)
                .filter(it -> visitor.access().scope(Permission.ERASE_SESSIONS).contains(it.service()))
                .orElse(null);
        if (summary == null) {
            return Erasure.UNKNOWN;
        }
        if (holds.isHeld(id)) {
            return Erasure.HELD;
        }
        auditor.does(visitor, AuditAction.SESSION_ERASED, summary.service().value(), id);
        Caller who = visitor.access().who();
        int erased = eraser.erase(summary, new Order(Cause.ERASED, who.provider() + "/" + who.subject(), reason));
        return erased > 0 ? Erasure.ERASED : holds.isHeld(id) ? Erasure.HELD : Erasure.UNKNOWN;
    }
}
