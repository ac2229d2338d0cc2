// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.people;

import static dev.hansard.ports.session.SummaryBuilder.NOON;
import static dev.hansard.ports.session.SummaryBuilder.aSession;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.audit.Auditor;
import dev.hansard.core.session.RecordedSessions;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.audit.InMemoryAuditLog;
import dev.hansard.ports.identity.NotAllowedException;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.RecordWitness;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.Sessions;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.value.SessionId;
import dev.hansard.storage.catalog.H2Catalog;
import dev.hansard.storage.catalog.H2CatalogSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever comes with whatever roles gets exactly what {@link Person} says, whichever way they ask. */
class RoleMatrixTest {
    private static final int SESSIONS = 25;
    private static final int PEOPLE = 150;

    /** How an attempt ended. */
    private enum End {
        GIVEN,
        NOT_FOUND,
        NOT_ALLOWED
    }

    private final InMemoryAuditLog audit = new InMemoryAuditLog();

    private static List<CatalogEntry> sessions(RandomGenerator random, int count) {
        var entries = new ArrayList<CatalogEntry>();
        for (int i = 1; i <= count; i++) {
            entries.add(aSession()
                    .at(NOON.minusSeconds(60L * (count - i)), i)
                    .service(Person.SERVICES.get(random.nextInt(Person.SERVICES.size())))
                    .status(random.nextBoolean() ? 200 : 500)
                    .entry(i));
        }
        return entries;
    }

    private RecordedSessions over(SessionCatalog catalog, List<CatalogEntry> entries, boolean needsReason) {
        return new RecordedSessions(
                catalog,
                new ServiceArchive(entries),
                new RecordedSessions.Time(() -> NOON, () -> 0, _ -> {}),
                new Auditor(audit, () -> NOON, needsReason),
                RecordWitness.NONE);
    }

    @Property(tries = 400)
    void holdsForEveryoneAndEveryWayToAsk(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        List<CatalogEntry> entries = sessions(random, random.nextInt(SESSIONS));
        var catalog = new InMemorySessionCatalog();
        catalog.index(entries, SpoolPosition.START);

        holds(Person.any(random), catalog, entries, random);
    }

    @Test
    void holdsOverTheCatalogInTheDatabase(@TempDir Path folder) throws Exception {
        List<CatalogEntry> entries = sessions(new SplittableRandom(7), SESSIONS);
        try (SessionCatalog catalog = H2Catalog.open(H2CatalogSettings.of(folder), System::nanoTime)) {
            catalog.index(entries, SpoolPosition.START);

            for (int seed = 0; seed < PEOPLE; seed++) {
                var random = new SplittableRandom(seed);
                holds(Person.any(random), catalog, entries, random);
            }
        }
    }

    private void holds(Person person, SessionCatalog catalog, List<CatalogEntry> entries, RandomGenerator random) {
        boolean needsReason = random.nextBoolean();
        RecordedSessions desk = over(catalog, entries, needsReason);
        Visitor visitor = person.visitor(random.nextBoolean() ? "ticket 42" : null);
        Sessions seen = desk.of(visitor);
        if (!person.seesAnything()) {
            assertThat(end(() -> seen.list("", null, 10))).isEqualTo(End.NOT_ALLOWED);
            assertThat(end(() -> seen.tail("", 0, 10, Duration.ZERO))).isEqualTo(End.NOT_ALLOWED);
            entries.forEach(entry ->
                    assertThat(end(() -> seen.find(entry.summary().id()))).isEqualTo(End.NOT_ALLOWED));
        } else {
            showsWhatIsTheirs(person, seen, entries, random);
        }
        boolean mayAsk = !needsReason || visitor.reason() != null;
        handsOutContents(person, desk, visitor, entries, mayAsk);
    }

    private static void showsWhatIsTheirs(
            Person person, Sessions seen, List<CatalogEntry> entries, RandomGenerator random) {
        List<SessionId> theirs = entries.stream()
                .map(CatalogEntry::summary)
                .filter(summary -> person.sees(summary.service().value()))
                .map(SessionSummary::id)
                .toList();
        assertThat(pages(seen, "", 1 + random.nextInt(8))).isEqualTo(theirs.reversed());
        assertThat(seen.tail("", 0, Sessions.MAX_LIMIT, Duration.ZERO))
                .extracting(entry -> entry.summary().id())
                .isEqualTo(theirs);
        for (String service : Person.SERVICES) {
            List<SessionId> failed = entries.stream()
                    .map(CatalogEntry::summary)
                    .filter(summary -> summary.service().value().equals(service) && summary.status() == 500)
                    .map(SessionSummary::id)
                    .filter(theirs::contains)
                    .toList();
            String query = "service:" + service + " status:500";
            assertThat(pages(seen, query, 3)).isEqualTo(failed.reversed());
            assertThat(seen.tail(query, 0, Sessions.MAX_LIMIT, Duration.ZERO)).hasSameSizeAs(failed);
        }
        for (CatalogEntry entry : entries) {
            SessionId id = entry.summary().id();
            assertThat(seen.find(id).isPresent()).isEqualTo(theirs.contains(id));
        }
    }

    private static List<SessionId> pages(Sessions seen, String query, int limit) {
        var ids = new ArrayList<SessionId>();
        Sessions.Page page = seen.list(query, null, limit);
        page.items().forEach(item -> ids.add(item.id()));
        while (page.nextCursor() != null) {
            page = seen.list(query, page.nextCursor(), limit);
            page.items().forEach(item -> ids.add(item.id()));
        }
        return ids;
    }

    private void handsOutContents(
            Person person, RecordedSessions desk, Visitor visitor, List<CatalogEntry> entries, boolean mayAsk) {
        long before = count(AuditAction.PAYLOAD_READ);
        long refusedBefore = count(AuditAction.REFUSED);
        int given = 0;
        int refused = 0;
        for (CatalogEntry entry : entries) {
            String service = entry.summary().service().value();
            End end = end(
                    () -> desk.of(visitor).openBody(entry.summary().id(), Direction.RESPONSE, Sessions.Doubt.REFUSE));
            assertThat(end).as("%s for %s", person, service).isEqualTo(expected(person, service, mayAsk));
            given += end == End.GIVEN ? 1 : 0;
            refused += end == End.NOT_ALLOWED ? 1 : 0;
        }
        assertThat(count(AuditAction.PAYLOAD_READ) - before).isEqualTo(given);
        assertThat(count(AuditAction.REFUSED) - refusedBefore).isEqualTo(refused);
    }

    private static End expected(Person person, String service, boolean mayAsk) {
        if (!person.readsAnything() || !mayAsk) {
            return End.NOT_ALLOWED;
        }
        if (!person.sees(service)) {
            return End.NOT_FOUND;
        }
        return person.reads(service) ? End.GIVEN : End.NOT_ALLOWED;
    }

    private static End end(Supplier<Object> attempt) {
        try {
            return attempt.get().equals(Optional.empty()) ? End.NOT_FOUND : End.GIVEN;
        } catch (NotAllowedException e) {
            assertThat(e.refusal().status()).isEqualTo(403);
            return End.NOT_ALLOWED;
        }
    }

    private long count(AuditAction action) {
        long count = 0;
        long above = 0;
        var page = audit.since(above, 1000);
        while (!page.isEmpty()) {
            count += page.stream()
                    .filter(entry -> entry.event().action() == action)
                    .count();
            above = page.getLast().number();
            page = audit.since(above, 1000);
        }
        return count;
    }
}
