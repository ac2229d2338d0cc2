// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.retention;

import dev.hansard.core.audit.Auditor;
import dev.hansard.core.retention.FakeSegments.Crash;
import dev.hansard.ports.audit.InMemoryAuditLog;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.retention.Hold;
import dev.hansard.ports.retention.HoldEvent;
import dev.hansard.ports.retention.InMemoryHolds;
import dev.hansard.ports.retention.InMemoryRetentionNotes;
import dev.hansard.ports.retention.RetentionEvidence;
import dev.hansard.ports.retention.RetentionNotes;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.SessionQuery;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.SummaryBuilder;
import dev.hansard.ports.session.TimeWitness;
import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A node's retention over stores in memory, with a moved clock. What it remembers survives {@link #restart}. */
final class RetentionScene {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final RetentionClass WEEK = new RetentionClass("week");

    final InMemorySessionCatalog catalog = new InMemorySessionCatalog();
    final Crash crash = new Crash();
    final FakeSegments segments = new FakeSegments(catalog, crash);
    final InMemoryHolds holds = new InMemoryHolds();
    final InMemoryRetentionNotes kept = new InMemoryRetentionNotes();
    final InMemoryAuditLog log = new InMemoryAuditLog();
    final List<RetentionEvidence.Removing> proofs = new ArrayList<>();
    final List<HoldEvent> heldProofs = new ArrayList<>();
    final List<TimeWitness> witnesses = new ArrayList<>();
    private final Random random = new Random(7);
    private final RetentionRules rules;
    private final Schedule schedule;
    Instant now = NOON;
    long nanos;
    ClockCheck clock;
    Pruner pruner;
    RetentionKeeper keeper;
    HoldOffice office;
    RetentionOffice desk;

    RetentionScene() {
        this(Map.of(RetentionClass.DEFAULT, Duration.ofDays(1), WEEK, Duration.ofDays(7)), Schedule.DAILY);
    }

    RetentionScene(Map<RetentionClass, Duration> classes, Schedule schedule) {
        this(classes, null, schedule);
    }

    @SuppressWarnings("NullAway.Init") // restart makes the parts.
    RetentionScene(Map<RetentionClass, Duration> classes, @Nullable Duration metadata, Schedule schedule) {
        this.rules = new RetentionRules(classes, Map.of(), List.of(), metadata);
        this.schedule = schedule;
        restart();
    }

    /** A new process over what the last one left. */
    void restart() {
        var auditor = new Auditor(log, () -> now, false);
        var held = new HeldSessions(holds);
        clock = new ClockCheck(() -> now, () -> nanos, notes(), catalog, witnesses);
        var remover = new Remover(segments, catalog, held, notes(), evidence(), () -> now);
        pruner = new Pruner(segments, rules, remover, clock, () -> now, auditor);
        keeper = new RetentionKeeper(pruner, clock, new HeldSegments(holds, segments), schedule, () -> now);
        office = new HoldOffice(
                new HoldOffice.Register(holds, held, new HeldSegments(holds, segments)),
                catalog,
                evidence(),
                auditor,
                () -> now,
                random);
        desk = new RetentionOffice(
                new RetentionOffice.Works(pruner, keeper, clock), catalog, holds, segments, remover, auditor);
    }

    private RetentionNotes notes() {
        return new RetentionNotes() {
            @Override
            public long begin(Removal removal) {
                crash.step();
                long number = kept.begin(removal);
                crash.step();
                return number;
            }

            @Override
            public void end(long number) {
                crash.step();
                kept.end(number);
                crash.step();
            }

            @Override
            public List<Open> open() {
                return kept.open();
            }

            @Override
            public @Nullable Instant mark() {
                return kept.mark();
            }

            @Override
            public void mark(Instant time) {
                kept.mark(time);
            }
        };
    }

    private RetentionEvidence evidence() {
        return new RetentionEvidence() {
            @Override
            public void removing(Removing removing) {
                proofs.add(removing);
                crash.step();
            }

            @Override
            public void held(Hold hold, HoldEvent event) {
                heldProofs.add(event);
            }
        };
    }

    /** Time goes by as it should. */
    void pass(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    static Visitor visitor(String person) {
        return new Visitor(
                Access.toEverything(new Caller("corp", person, List.of()), "test"), "127.0.0.1", "case 4711");
    }

    static SessionSummary session(Instant at, int number, RetentionClass retention) {
        return with(SummaryBuilder.aSession().at(at, number).summary(), retention);
    }

    static SessionSummary with(SessionSummary s, RetentionClass retention) {
        return new SessionSummary(
                s.id(),
                s.service(),
                s.node(),
                s.listener(),
                s.startedAt(),
                s.durationMicros(),
                s.state(),
                s.ending(),
                s.code(),
                s.durability(),
                retention,
                s.caller(),
                s.method(),
                s.target(),
                s.host(),
                s.status(),
                s.requestBytes(),
                s.responseBytes(),
                s.truncated(),
                s.traceId());
    }

    List<SessionId> listed() {
        return catalog.list(SessionQuery.ALL, null, 1000).stream()
                .map(SessionSummary::id)
                .toList();
    }
}
