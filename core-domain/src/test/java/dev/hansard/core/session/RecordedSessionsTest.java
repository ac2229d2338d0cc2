// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import static dev.hansard.ports.session.SummaryBuilder.NOON;
import static dev.hansard.ports.session.SummaryBuilder.aSession;
import static dev.hansard.ports.session.SummaryBuilder.idAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hansard.core.audit.Auditor;
import dev.hansard.ports.audit.AuditAction;
import dev.hansard.ports.audit.InMemoryAuditLog;
import dev.hansard.ports.identity.Access;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.Visitor;
import dev.hansard.ports.session.CatalogEntry;
import dev.hansard.ports.session.Direction;
import dev.hansard.ports.session.InMemorySessionCatalog;
import dev.hansard.ports.session.InvalidQueryException;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionArchive;
import dev.hansard.ports.session.SessionBuilder;
import dev.hansard.ports.session.SessionCatalog;
import dev.hansard.ports.session.SessionSummary;
import dev.hansard.ports.session.Sessions;
import dev.hansard.ports.session.Sessions.Doubt;
import dev.hansard.ports.session.Sessions.Page;
import dev.hansard.ports.session.SpoolPosition;
import dev.hansard.ports.session.Standing;
import dev.hansard.ports.session.StorageException;
import dev.hansard.ports.session.StorageException.Doubtful;
import dev.hansard.ports.value.SessionId;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedSessionsTest {
    /** Knows one body. */
    private static final class OneBody implements SessionArchive {
        @Override
        public Optional<Session> find(SessionId id) {
            return id.equals(GONE)
                    ? Optional.empty()
                    : Optional.of(SessionBuilder.aSession().id(id).build());
        }

        @Override
        public Optional<InputStream> openBody(SessionId id, Direction direction) {
            return direction == Direction.REQUEST
                    ? Optional.of(new ByteArrayInputStream(new byte[] {1, 2}))
                    : Optional.empty();
        }
    }

    private static final SessionId GONE = idAt(NOON, 4095);

    private final InMemorySessionCatalog catalog = new InMemorySessionCatalog();
    private Instant now = NOON;
    private long nanos;
    private Standing standing = new Standing(Standing.State.INTACT, 7);
    private int rests;
    private IntConsumer whileResting = _ -> {};
    private final InMemoryAuditLog audit = new InMemoryAuditLog();
    private final Sessions sessions = over(catalog);

    private Sessions over(SessionCatalog from) {
        var auditor = new Auditor(audit, () -> now, false);
        var time = new RecordedSessions.Time(() -> now, () -> nanos, this::rest);
        return new RecordedSessions(from, new OneBody(), time, auditor, _ -> standing)
                .of(new Visitor(Access.toEverything(Caller.ANONYMOUS, "a test"), "127.0.0.1", null));
    }

    private void rest(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        nanos += duration.toNanos();
        whileResting.accept(++rests);
    }

    private void record(CatalogEntry... entries) {
        catalog.index(List.of(entries), SpoolPosition.START);
    }

    /** Sessions of every minute before noon, newest with the highest sequence. */
    private void recordMinutes(int count) {
        catalog.clear();
        for (int minute = 1; minute <= count; minute++) {
            record(aSession()
                    .at(NOON.minus(Duration.ofMinutes(count - minute)))
                    .status(minute % 2 == 0 ? 200 : 500)
                    .entry(minute));
        }
    }

    private List<SessionSummary> all(String query, int limit) {
        var items = new ArrayList<SessionSummary>();
        String cursor = null;
        do {
            Page page = sessions.list(query, cursor, limit);
            items.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        return items;
    }

    @Property(tries = 50)
    void showsEachSessionOnceOverItsPages(
            @ForAll @IntRange(max = 30) int count, @ForAll @IntRange(min = 1, max = 31) int limit) {
        recordMinutes(count);

        List<SessionSummary> listed = all("", limit);

        assertThat(listed).hasSize(count).doesNotHaveDuplicates();
        assertThat(listed).extracting(SessionSummary::id).isSortedAccordingTo(Collections.reverseOrder());
    }

    @Test
    void listsOnlyWhatFits() {
        recordMinutes(10);

        assertThat(all("status:5xx after:5m", 2))
                .extracting(SessionSummary::status, SessionSummary::startedAt)
                .containsExactly(
                        tuple(500, NOON.minusSeconds(60)),
                        tuple(500, NOON.minusSeconds(180)),
                        tuple(500, NOON.minusSeconds(300)));
    }

    @Test
    void countsRelativeTimesFromTheFirstPage() {
        recordMinutes(10);
        Page first = sessions.list("after:5m", null, 2);
        now = NOON.plus(Duration.ofHours(1));

        Page second = sessions.list("after:5m ", first.nextCursor(), 10);

        assertThat(second.items()).hasSize(4);
        assertThat(sessions.list("after:5m", null, 10).items()).isEmpty();
    }

    @Test
    void doesNotShowWhatCameAfterTheFirstPage() {
        recordMinutes(3);
        Page first = sessions.list("", null, 2);
        record(aSession().at(NOON.plusSeconds(1)).entry(4));

        assertThat(sessions.list("", first.nextCursor(), 2).items())
                .extracting(SessionSummary::startedAt)
                .containsExactly(NOON.minusSeconds(120));
    }

    @Test
    void refusesACursorOfAnotherQuery() {
        recordMinutes(3);
        String cursor = sessions.list("status:500", null, 1).nextCursor();

        assertThat(cursor).isNotNull().matches("[A-Za-z0-9_-]+");
        assertThatThrownBy(() -> sessions.list("status:200", cursor, 1))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("another query");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "!!", "AAAA", "AQ", "ses_0190163d-8694-739b-aea5-966c26f8ad91"})
    void refusesWhatIsNoCursor(String cursor) {
        assertThatThrownBy(() -> sessions.list("", cursor, 1))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("cursor");
    }

    @Property(tries = 500)
    void answersAChangedCursorWithAPageOrARefusal(
            @ForAll @IntRange(max = 43) int at, @ForAll @StringLength(value = 1) String other) {
        recordMinutes(3);
        String cursor = String.valueOf(sessions.list("", null, 1).nextCursor());
        String changed = cursor.substring(0, at) + other + cursor.substring(at + 1);

        try {
            assertThat(sessions.list("", changed, 1).items()).hasSizeLessThan(2);
        } catch (InvalidQueryException e) {
            assertThat(e).hasMessageContaining("cursor");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001})
    void refusesALimitOutOfRange(int limit) {
        assertThatThrownBy(() -> sessions.list("", null, limit)).hasMessageContaining("limit must be 1 to 1000");
        assertThatThrownBy(() -> sessions.tail("", 0, limit, Duration.ZERO)).hasMessageContaining("limit must be");
    }

    @Test
    void goesOnInTheCatalogWhenASliceIsEmpty() {
        var sparse = new SparseCatalog(RecordedSessions.MAX_SLICES - 1);
        Sessions reader = over(sparse);

        Page page = reader.list("", null, 10);

        assertThat(page.items()).hasSize(1);
        assertThat(page.nextCursor()).isNull();
    }

    @Test
    void givesACursorWhenItHasLookedFarEnough() {
        var sparse = new SparseCatalog(RecordedSessions.MAX_SLICES);
        Sessions reader = over(sparse);

        Page empty = reader.list("", null, 10);
        Page rest = reader.list("", empty.nextCursor(), 10);

        assertThat(empty.items()).isEmpty();
        assertThat(rest.items()).hasSize(1);
    }

    @Test
    void tailsWhatIsThereWithoutWaiting() {
        recordMinutes(5);

        List<CatalogEntry> found = sessions.tail("", 2, 2, Duration.ofSeconds(10));

        assertThat(found).extracting(CatalogEntry::sequence).containsExactly(3L, 4L);
        assertThat(rests).isZero();
    }

    @Test
    void waitsForTheFirstThatFits() {
        recordMinutes(2);
        whileResting = rest -> record(aSession()
                .at(NOON.plusSeconds(rest))
                .status(rest == 3 ? 404 : 200)
                .entry(2 + rest));

        List<CatalogEntry> found = sessions.tail("status:404", sessions.lastSequence(), 10, Duration.ofSeconds(10));

        assertThat(found).extracting(CatalogEntry::sequence).containsExactly(5L);
        assertThat(rests).isEqualTo(3);
    }

    @Test
    void endsItsWaitInTime() {
        Duration wait = RecordedSessions.TAIL_INTERVAL.multipliedBy(3).plusMillis(50);

        assertThat(sessions.tail("", 0, 10, wait)).isEmpty();
        assertThat(nanos).isEqualTo(wait.toNanos());
        assertThat(rests).isEqualTo(4);
    }

    @Test
    void looksOnceWhenItMayNotWait() {
        assertThat(sessions.tail("", 0, 10, Duration.ZERO)).isEmpty();
        assertThat(rests).isZero();
    }

    @Test
    void endsItsWaitWhenInterrupted() {
        Thread.currentThread().interrupt();

        assertThat(sessions.tail("", 0, 10, Duration.ofDays(1))).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void readsWholeSessionsFromTheArchive() throws Exception {
        SessionId id = idAt(NOON, 0);

        try (InputStream body =
                sessions.openBody(id, Direction.REQUEST, Doubt.REFUSE).orElseThrow()) {
            assertThat(body.readAllBytes()).containsExactly(1, 2);
        }
        assertThat(sessions.openBody(id, Direction.RESPONSE, Doubt.REFUSE)).isEmpty();
        assertThat(sessions.find(id)).isPresent();
        assertThat(sessions.find(GONE)).isEmpty();
        assertThat(sessions.openBody(GONE, Direction.REQUEST, Doubt.REFUSE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"CHANGED", "MISSING"})
    void handsOutNothingThatIsNotWhatWasEntered(Standing.State state) {
        standing = Standing.of(state);
        SessionId id = idAt(NOON, 0);

        assertThat(sessions.standing(id)).isEqualTo(standing);
        assertThatThrownBy(() -> sessions.openBody(id, Direction.REQUEST, Doubt.REFUSE))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.reason()).isInstanceOf(Doubtful.class));
        assertThat(sessions.openBody(id, Direction.REQUEST, Doubt.SHOW)).isPresent();
    }

    @ParameterizedTest
    @EnumSource(names = {"INTACT", "PENDING", "UNKNOWN"})
    void handsOutWhatNothingSpeaksAgainst(Standing.State state) {
        standing = Standing.of(state);

        assertThat(sessions.openBody(idAt(NOON, 0), Direction.REQUEST, Doubt.REFUSE))
                .isPresent();
    }

    @Test
    void writesDownOnceWhoReadAContent() {
        SessionId id = idAt(NOON, 0);

        sessions.find(id);
        sessions.openBody(id, Direction.REQUEST, Doubt.REFUSE);
        sessions.openBody(id, Direction.REQUEST, Doubt.REFUSE);
        sessions.openBody(GONE, Direction.REQUEST, Doubt.REFUSE);

        assertThat(audit.since(0, 10)).singleElement().satisfies(entry -> {
            assertThat(entry.event().action()).isEqualTo(AuditAction.PAYLOAD_READ);
            assertThat(entry.event().session()).isEqualTo(id);
        });
    }
}
