// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.audit;

import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.audit.AuditDesk;
import dev.hansard.ports.audit.AuditEntry;
import dev.hansard.ports.audit.AuditEvent;
import dev.hansard.ports.audit.AuditLog;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.NotAllowedException;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes down who did what, before it is done. What cannot be written down is not done: the log's failure goes to
 * whoever asked. Safe for any number of threads.
 */
public final class Auditor implements AuditDesk {
    private final AuditLog log;
    private final InstantSource clock;
    private final boolean needsReason;

    /**
     * Writes to a log.
     *
     * @param needsReason whether a content is only handed out to whoever says what for
     */
    public Auditor(AuditLog log, InstantSource clock, boolean needsReason) {
        this.log = log;
        this.clock = clock;
        this.needsReason = needsReason;
    }

    /** Notes that a visitor does something; with a session when it is about one. */
    public void does(Visitor visitor, AuditAction action, String object, @Nullable SessionId session) {
        note(visitor, action, object, session, true);
    }

    /** Refuses, and notes it, what a visitor may not do. */
    public void require(Visitor visitor, Permission permission, String object) {
        if (!visitor.access().may(permission)) {
            throw notAllowed(visitor, permission, "", object);
        }
    }

    /** The same for one service, which the visitor knows of. */
    public void require(Visitor visitor, Permission permission, ServiceName service, String object) {
        if (!visitor.access().scope(permission).contains(service)) {
            throw notAllowed(visitor, permission, " for service " + service, object);
        }
    }

    private NotAllowedException notAllowed(Visitor visitor, Permission permission, String where, String object) {
        return refused(
                visitor,
                object,
                new Refusal(
                        403,
                        "not_allowed",
                        "This needs the permission " + permission.word() + where
                                + ", which none of your roles gives; GET /api/v1/me says what they give."));
    }

    /** Refuses to hand out a content without a reason, where one has to be given. */
    public void requireReason(Visitor visitor, String object) {
        if (needsReason && visitor.reason() == null) {
            throw refused(
                    visitor,
                    object,
                    new Refusal(
                            403,
                            "reason_required",
                            "Contents are read for a reason here: send it in Hansard-Reason, or give --reason."));
        }
    }

    /** Notes that a visitor is refused something; the answer is for the caller to throw. */
    public NotAllowedException refused(Visitor visitor, String object, Refusal refusal) {
        note(visitor, AuditAction.REFUSED, refusal.code() + " " + object, null, false);
        return new NotAllowedException(refusal);
    }

    private void note(
            Visitor visitor, AuditAction action, String object, @Nullable SessionId session, boolean allowed) {
        Caller who = visitor.access().who();
        log.append(new AuditEvent(
                clock.instant(),
                who.provider(),
                who.subject(),
                action,
                object,
                session,
                visitor.from(),
                visitor.reason(),
                allowed));
    }

    /**
     * Notes that somebody could not sign in.
     *
     * @param provider the one that they said they would sign in with
     * @param subject who they are, where they proved it; else empty
     */
    public void signInRefused(String provider, String subject, String from, String object) {
        log.append(new AuditEvent(
                clock.instant(), provider, subject, AuditAction.REFUSED, object, null, from, null, false));
    }

    /** Notes that a caller is given a token on a listener. */
    public void tokenIssued(Caller caller, String from, String listener) {
        log.append(new AuditEvent(
                clock.instant(),
                caller.provider(),
                caller.subject(),
                AuditAction.TOKEN_ISSUED,
                listener,
                null,
                from,
                null,
                true));
    }

    /** Notes that somebody who is not known, or has no role, was refused. */
    void stranger(String from, String object) {
        log.append(new AuditEvent(clock.instant(), "", "", AuditAction.REFUSED, object, null, from, null, false));
    }

    /** Notes what the node itself does. */
    public void node(AuditAction action, String object) {
        log.append(new AuditEvent(clock.instant(), "", "", action, object, null, "", null, true));
    }

    /** Notes what the node itself does about a session. */
    public void node(AuditAction action, String object, SessionId session) {
        log.append(new AuditEvent(clock.instant(), "", "", action, object, session, "", null, true));
    }

    /** Notes what a caller does on a data listener. */
    public void caller(Caller caller, String from, AuditAction action, String object, SessionId session) {
        log.append(new AuditEvent(
                clock.instant(), caller.provider(), caller.subject(), action, object, session, from, null, true));
    }

    @Override
    public List<AuditEntry> newest(Visitor visitor, long below, int limit) {
        require(visitor, Permission.SEE_AUDIT, "audit");
        does(visitor, AuditAction.AUDIT_READ, below == Long.MAX_VALUE ? "newest" : "below " + below, null);
        return log.newest(below, limit);
    }

    @Override
    public List<AuditEntry> since(Visitor visitor, long above, int limit) {
        require(visitor, Permission.SEE_AUDIT, "audit");
        if (above == 0) {
            does(visitor, AuditAction.AUDIT_READ, "all", null);
        }
        return log.since(above, limit);
    }
}
