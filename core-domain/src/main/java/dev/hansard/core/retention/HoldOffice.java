// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import dev.hansard.core.audit.Auditor;
import dev.hansard.core.session.QueryParser;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Permission;
import dev.hansard.ports.identity.Scope;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.retention.HeldHour;
import dev.hansard.ports.retention.HeldSession;
import dev.hansard.ports.retention.Hold;
import dev.hansard.ports.retention.HoldDesk;
import dev.hansard.ports.retention.HoldEvent;
import dev.hansard.ports.retention.Holds;
import dev.hansard.ports.retention.RetentionEvidence;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Places legal holds, and removes them where two people want it. */
public final class HoldOffice implements HoldDesk {
    private static final int PAGE = 1000;
    private static final int ID_LETTERS = 12;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private final Register register;
    private final SessionCatalog catalog;
    private final RetentionEvidence evidence;
    private final Auditor auditor;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** An office over a register. */
    public HoldOffice(
            Register register,
            SessionCatalog catalog,
            RetentionEvidence evidence,
            Auditor auditor,
            InstantSource clock,
            RandomGenerator random) {
        this.register = register;
        this.catalog = catalog;
        this.evidence = evidence;
        this.auditor = auditor;
        this.clock = clock;
        this.random = random;
    }

    /** The holds, the turns that are taken over them, and the segments that follow them. */
    public record Register(Holds holds, HeldSessions held, HeldSegments segments) {}

    @Override
    public List<Hold> list(Visitor visitor) {
        auditor.require(visitor, Permission.MANAGE_HOLDS, "holds");
        return register.holds().list();
    }

    @Override
    public Hold place(Visitor visitor, String name, String query, String reason) {
        auditor.require(visitor, Permission.MANAGE_HOLDS, "holds");
        Instant now = clock.instant();
        SessionQuery parsed = QueryParser.parse(query, now);
        if (register.holds().list().stream()
                .anyMatch(hold -> hold.isActive() && hold.name().equals(name))) {
            throw new InvalidValueException("there is an active hold '" + name + "' already; choose another name");
        }
        HoldEvent placed = event(visitor, HoldEvent.Kind.PLACED, reason);
        String id = newId();
        Scope scope = visitor.access().scope(Permission.MANAGE_HOLDS);
        Hold made = register.held().place(() -> find(parsed, scope), found -> {
            var hold = new Hold(id, name, query.strip(), found.size(), List.of(placed));
            auditor.does(visitor, AuditAction.HOLD_PLACED, id + " " + name + ": " + found.size() + " sessions", null);
            evidence.held(hold, placed);
            return hold;
        });
        register.segments().settle();
        return made;
    }

    private Collection<HeldSession> find(SessionQuery query, Scope scope) {
        var found = new ArrayList<HeldSession>();
        SessionId olderThan = null;
        do {
            SessionCatalog.Slice slice = catalog.slice(query, olderThan, PAGE);
            slice.items().stream()
                    .filter(session -> scope.contains(session.service()))
                    .map(HoldOffice::held)
                    .forEach(found::add);
            if (found.size() > Holds.MOST_SESSIONS) {
                throw new InvalidValueException("the query finds more than the " + Holds.MOST_SESSIONS
                        + " sessions that one hold keeps; place several with narrower queries");
            }
            olderThan = slice.next();
        } while (olderThan != null);
        if (found.isEmpty()) {
            throw new InvalidValueException("the query finds no session, so there is nothing to hold");
        }
        return found;
    }

    private static HeldSession held(SessionSummary session) {
        return new HeldSession(
                session.id(), session.service(), session.startedAt().truncatedTo(ChronoUnit.HOURS));
    }

    private String newId() {
        var id = new StringBuilder("hold_");
        for (int i = 0; i < ID_LETTERS; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return id.toString();
    }

    private HoldEvent event(Visitor visitor, HoldEvent.Kind kind, String reason) {
        Caller who = visitor.access().who();
        return new HoldEvent(kind, clock.instant(), who.provider(), who.subject(), reason.strip());
    }

    @Override
    public @Nullable Hold remove(Visitor visitor, String id, String reason) {
        auditor.require(visitor, Permission.MANAGE_HOLDS, "holds");
        Hold hold = find(id);
        if (hold == null) {
            return null;
        }
        HoldEvent asked = hold.request(clock.instant());
        if (asked != null) {
            requireAnother(visitor, asked, id);
        }
        HoldEvent event = event(visitor, asked == null ? HoldEvent.Kind.REMOVAL_ASKED : HoldEvent.Kind.REMOVED, reason);
        auditor.does(
                visitor,
                asked == null ? AuditAction.HOLD_REMOVAL_ASKED : AuditAction.HOLD_REMOVED,
                id + " " + hold.name(),
                null);
        evidence.held(hold, event);
        Set<HeldHour> before = register.segments().hours();
        // When somebody was faster, what they did is what there is.
        register.holds().add(id, hold.events().size(), event);
        register.segments().letGo(before);
        return register.holds().list().stream()
                .filter(now -> now.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private @Nullable Hold find(String id) {
        return register.holds().list().stream()
                .filter(hold -> hold.id().equals(id) && hold.isActive())
                .findFirst()
                .orElse(null);
    }

    private void requireAnother(Visitor visitor, HoldEvent asked, String id) {
        Caller who = visitor.access().who();
        if (asked.isBySame(who.provider(), who.subject())) {
            throw auditor.refused(
                    visitor,
                    id,
                    new Refusal(
                            403,
                            "second_person_required",
                            "You asked for the removal of this hold; it takes somebody else to agree."));
        }
    }
}
