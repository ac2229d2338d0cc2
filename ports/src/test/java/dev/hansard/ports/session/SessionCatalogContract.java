// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.session;

import static dev.hansard.ports.session.SummaryBuilder.NOON;
import static dev.hansard.ports.session.SummaryBuilder.aSession;
import static dev.hansard.ports.session.SummaryBuilder.idAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.exchange.Ending;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.session.SessionCatalog.Relocation;
import dev.hansard.ports.session.SessionQuery.StatusRange;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link SessionCatalog} must do. Run it for an adapter by implementing {@link #open}. */
public interface SessionCatalogContract extends ForgettingCatalogContract {
    @Test
    default void isEmptyAtFirst(@TempDir Path folder) {
        try (var catalog = open(folder)) {
            var found = catalog.list(SessionQuery.ALL, null, 10);

            assertThat(found).isEmpty();
            assertThat(catalog.indexedUpTo()).isEqualTo(SpoolPosition.START);
            assertThat(catalog.lastSequence()).isZero();
            assertThat(catalog.since(0, SessionQuery.ALL, 10)).isEmpty();
            assertThat(catalog.find(idAt(NOON, 1))).isEmpty();
            assertThat(catalog.lostDays()).isEmpty();
        }
    }

    @Test
    default void givesBackEveryFieldOfAnEntry(@TempDir Path folder) {
        var caller = new Caller("sso", "client \"Ünïcode\" \uD83D\uDE00", List.of("a,b", "", "c\nd"));
        var full = aSession()
                .at(NOON.plusNanos(123_456_789))
                .method("PATCH")
                .target("/v1/%F0/x?a=1&b=?")
                .caller(caller)
                .entry(1);
        var bare = aSession().at(NOON, 7).refused(503, "spool_full").entry(2);
        try (var catalog = open(folder)) {
            catalog.index(List.of(full, bare), SOMEWHERE);

            assertThat(catalog.find(full.summary().id())).contains(full);
            assertThat(catalog.find(bare.summary().id())).contains(bare);
            assertThat(catalog.indexedUpTo()).isEqualTo(SOMEWHERE);
            assertThat(catalog.lastSequence()).isEqualTo(2);
        }
    }

    @Test
    default void listsTheNewestFirstAcrossDays(@TempDir Path folder) {
        var entries = everyHours(60, 7);
        try (var catalog = open(folder)) {
            catalog.index(entries.subList(30, 60), SOMEWHERE);
            catalog.index(entries.subList(0, 30), SOMEWHERE);

            var found = catalog.list(SessionQuery.ALL, null, 1_000);

            assertThat(found).isEqualTo(newestFirst(entries));
        }
    }

    @Test
    default void pagesWithoutGapOrRepetition(@TempDir Path folder) {
        var entries = everyHours(50, 5);
        try (var catalog = open(folder)) {
            catalog.index(entries, SOMEWHERE);

            var paged = new ArrayList<SessionSummary>();
            var page = catalog.list(SessionQuery.ALL, null, 7);
            while (!page.isEmpty()) {
                paged.addAll(page);
                page = catalog.list(SessionQuery.ALL, page.getLast().id(), 7);
            }

            assertThat(paged).isEqualTo(newestFirst(entries));
        }
    }

    @Test
    default void slicesLeadToEverySession(@TempDir Path folder) {
        var entries = everyHours(50, 5);
        var odd = query(List.of(), List.of(), List.of(), new PathPattern("/**/*1"), null, null);
        try (var catalog = open(folder)) {
            catalog.index(entries, SOMEWHERE);

            var sliced = new ArrayList<SessionSummary>();
            SessionId next = null;
            do {
                var slice = catalog.slice(odd, next, 2);
                sliced.addAll(slice.items());
                next = slice.next();
            } while (next != null);

            assertThat(sliced).isEqualTo(catalog.list(odd, null, 1_000)).hasSize(5);
        }
    }

    @Test
    default void findsByEveryPartOfAQuery(@TempDir Path folder) {
        var entries = mixed(200);
        try (var catalog = open(folder)) {
            catalog.index(entries, SOMEWHERE);

            for (SessionQuery query : queries()) {
                var expected =
                        newestFirst(entries).stream().filter(query::matches).toList();

                assertThat(catalog.list(query, null, 1_000)).as("%s", query).isEqualTo(expected);
                assertThat(catalog.list(query, null, 3)).as("%s", query).isEqualTo(first(3, expected));
                assertThat(catalog.since(50, query, 1_000))
                        .as("%s", query)
                        .isEqualTo(entries.subList(50, 200).stream()
                                .filter(entry -> query.matches(entry.summary()))
                                .toList());
            }
        }
    }

    @Test
    default void tailsInTheOrderOfSequencesNotOfIds(@TempDir Path folder) {
        var early = aSession().at(Instant.parse("2026-11-23T23:59:59Z")).entry(3);
        var late = aSession().at(Instant.parse("2026-11-24T00:00:01Z")).entry(2);
        var later = aSession().at(Instant.parse("2026-11-24T00:00:02Z")).entry(4);
        var old = aSession().at(NOON).entry(1);
        try (var catalog = open(folder)) {
            catalog.index(List.of(early, late, later, old), SOMEWHERE);

            assertThat(catalog.since(0, SessionQuery.ALL, 1_000)).containsExactly(old, late, early, later);
            assertThat(catalog.since(1, SessionQuery.ALL, 2)).containsExactly(late, early);
            assertThat(catalog.since(3, SessionQuery.ALL, 1_000)).containsExactly(later);
            assertThat(catalog.since(4, SessionQuery.ALL, 1_000)).isEmpty();
            assertThat(catalog.lastSequence()).isEqualTo(4);
        }
    }

    @Test
    default void isNotChangedByTheSameBatchAgain(@TempDir Path folder) {
        var entries = everyHours(20, 3);
        try (var catalog = open(folder)) {
            catalog.index(entries, SOMEWHERE);
            catalog.index(entries, SOMEWHERE);
            catalog.index(entries.subList(5, 9), SOMEWHERE);

            assertThat(catalog.since(0, SessionQuery.ALL, 1_000)).isEqualTo(entries);
            assertThat(catalog.list(SessionQuery.ALL, null, 1_000)).hasSize(20);
        }
    }

    @Test
    default void replacesAnIncompleteRecordByACompleteOneButNeverTheReverse(@TempDir Path folder) {
        var unknown = aSession().incomplete(Ending.UNKNOWN).entry(1);
        var aborted = aSession().incomplete(Ending.CALLER_ABORTED).entry(2);
        var complete = aSession().status(201).entry(3);
        try (var catalog = open(folder)) {
            for (var given : List.of(unknown, aborted, unknown, complete, aborted, unknown)) {
                catalog.index(List.of(given), SOMEWHERE);
            }

            assertThat(catalog.find(complete.summary().id()))
                    .contains(new CatalogEntry(1, complete.summary(), complete.location()));
            assertThat(catalog.list(SessionQuery.ALL, null, 10)).containsExactly(complete.summary());
        }
    }

    @Test
    default void takesTheBestOfSeveralRecordsInOneBatch(@TempDir Path folder) {
        var unknown = aSession().incomplete(Ending.UNKNOWN).entry(1);
        var complete = aSession().status(201).entry(2);
        var aborted = aSession().incomplete(Ending.CALLER_ABORTED).entry(3);
        try (var catalog = open(folder)) {
            catalog.index(List.of(unknown, complete, aborted), SOMEWHERE);

            assertThat(catalog.since(0, SessionQuery.ALL, 10))
                    .containsExactly(new CatalogEntry(1, complete.summary(), complete.location()));
        }
    }

    @Test
    default void givesTheNewPlaceAfterARelocation(@TempDir Path folder) {
        var entries = everyMinutes(20, 1);
        var moved = move(entries.subList(5, 10), SEGMENT, 77);
        var ofNobody = new Relocation(
                idAt(Instant.EPOCH, 1), new FrameLocation("spool/9", 0, 10), new FrameLocation(SEGMENT, 0, 10));
        try (var catalog = open(folder)) {
            catalog.index(entries.subList(0, 9), SOMEWHERE);
            catalog.relocate(List.of(moved, ofNobody));
            catalog.relocate(List.of(moved));
            // The tenth is indexed after it was moved.
            catalog.index(entries.subList(9, 20), SOMEWHERE);

            assertThat(placeOf(catalog, entries.get(5)))
                    .isEqualTo(moved.moved(entries.get(5).location()));
            assertThat(placeOf(catalog, entries.get(5)).offset()).isEqualTo(77);
            assertThat(placeOf(catalog, entries.get(9)))
                    .isEqualTo(moved.moved(entries.get(9).location()));
            assertThat(placeOf(catalog, entries.get(4)))
                    .isEqualTo(entries.get(4).location());
            assertThat(placeOf(catalog, entries.get(10)))
                    .isEqualTo(entries.get(10).location());
            assertThat(catalog.since(5, SessionQuery.ALL, 6).stream().map(CatalogEntry::location))
                    .containsExactlyElementsOf(entries.subList(5, 11).stream()
                            .map(entry ->
                                    moved.has(entry.location()) ? moved.moved(entry.location()) : entry.location())
                            .toList());
            assertThat(catalog.list(SessionQuery.ALL, null, 1_000)).isEqualTo(newestFirst(entries));
        }
    }

    static FrameLocation placeOf(SessionCatalog catalog, CatalogEntry entry) {
        return catalog.find(entry.summary().id()).orElseThrow().location();
    }

    /** All that lies between the first and the last of these goes to that place. */
    static Relocation move(List<CatalogEntry> entries, String container, long offset) {
        FrameLocation first = entries.getFirst().location();
        FrameLocation last = entries.getLast().location();
        long length = last.offset() + last.length() - first.offset();
        return new Relocation(
                entries.getFirst().summary().id(),
                new FrameLocation(first.container(), first.offset(), length),
                new FrameLocation(container, offset, length));
    }

    @Test
    default void movesThePositionOfAnEmptyBatch(@TempDir Path folder) {
        try (var catalog = open(folder)) {
            catalog.index(List.of(), SOMEWHERE);

            assertThat(catalog.indexedUpTo()).isEqualTo(SOMEWHERE);
        }
    }

    @Test
    default void keepsTheBeginningOfLongTexts(@TempDir Path folder) {
        var groups = Collections.nCopies(Caller.MOST_GROUPS, "g".repeat(3_000));
        var entry = aSession()
                .target("/" + "x".repeat(9_000))
                .caller(new Caller("sso", "s".repeat(Caller.LONGEST_SUBJECT), groups))
                .entry(1);
        try (var catalog = open(folder)) {
            catalog.index(List.of(entry), SOMEWHERE);

            var kept = catalog.find(entry.summary().id()).orElseThrow().summary();

            assertThat(kept.target()).isEqualTo("/" + "x".repeat(SessionSummary.MAX_TEXT - 1));
            assertThat(kept.caller().subject()).hasSize(Caller.LONGEST_SUBJECT);
            assertThat(kept.caller().groups())
                    .hasSize(SessionSummary.MAX_GROUPS)
                    .containsOnly("g".repeat(SessionSummary.MAX_TEXT));
        }
    }

    @Test
    default void refusesALimitOutOfRange(@TempDir Path folder) {
        try (var catalog = open(folder)) {
            for (int limit : new int[] {-1, 0, Sessions.MAX_LIMIT + 1}) {
                assertThatThrownBy(() -> catalog.list(SessionQuery.ALL, null, limit))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> catalog.since(0, SessionQuery.ALL, limit))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    default void servesReadersWhileItIsWritten(@TempDir Path folder) throws Exception {
        var entries = everyMinutes(400, 10);
        try (var catalog = open(folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Void> indexing = () -> {
                for (int from = 0; from < 400; from += 10) {
                    catalog.index(entries.subList(from, from + 10), new SpoolPosition(1, from));
                }
                return null;
            };
            Callable<Void> relocating = () -> {
                for (int from = 0; from < 400; from += 50) {
                    catalog.relocate(entries.subList(from, from + 50).stream()
                            .map(entry -> move(List.of(entry), SEGMENT, 1))
                            .toList());
                }
                return null;
            };
            Callable<Void> reading = () -> {
                for (int round = 0; round < 40; round++) {
                    assertThat(catalog.list(SessionQuery.ALL, null, 1_000))
                            .isSortedAccordingTo((left, right) -> right.id().compareTo(left.id()));
                    assertThat(catalog.since(0, SessionQuery.ALL, 1_000)).doesNotHaveDuplicates();
                    catalog.find(entries.get(round * 10).summary().id());
                }
                return null;
            };

            join(List.of(
                    threads.submit(indexing),
                    threads.submit(relocating),
                    threads.submit(reading),
                    threads.submit(reading)));

            assertThat(catalog.list(SessionQuery.ALL, null, 1_000)).isEqualTo(newestFirst(entries));
        }
    }

    private static void join(List<Future<Void>> tasks) throws InterruptedException, ExecutionException {
        for (Future<Void> task : tasks) {
            task.get();
        }
    }

    /** {@code count} entries, {@code hours} apart. */
    static List<CatalogEntry> everyHours(int count, int hours) {
        return everyMinutes(count, 60 * hours);
    }

    private static List<CatalogEntry> everyMinutes(int count, int minutes) {
        return LongStream.range(0, count)
                .mapToObj(i -> aSession()
                        .at(NOON.plus(Duration.ofMinutes(minutes * i)))
                        .target("/v1/orders/" + i)
                        .entry(i + 1))
                .toList();
    }

    /** Entries that differ in everything that a query asks for. */
    static List<CatalogEntry> mixed(int count) {
        var services = List.of("payments", "orders", "a");
        var targets = List.of("/v1/orders/42?x=/v1", "/v1/orders", "/V1/orders", "/v1/orders/42/items", "/", "/100%_a");
        var callers = List.of(
                new Caller("keys", "billing", List.of()),
                new Caller("mesh", "spiffe://prod/ns/shop/sa/cart", List.of("checkout", "ops")),
                new Caller("mesh", "spiffe://prod", List.of("checkouts")));
        return IntStream.range(0, count)
                .mapToObj(i -> aSession()
                        .caller(callers.get(i % 7 % 3))
                        .at(NOON.plus(Duration.ofMinutes(20L * (i / 2))), i % 2)
                        .startedAt(NOON.plus(Duration.ofMinutes(20L * (i / 2) + (i % 17 == 0 ? -400 : 0))))
                        .service(services.get(i % 3))
                        .method(i % 4 == 0 ? "POST" : i % 4 == 1 ? "get" : "GET")
                        .target(targets.get(i % 6))
                        .status(List.of(200, 404, 500, 0, 599).get(i % 5))
                        .entry(i + 1))
                .toList();
    }

    static List<SessionQuery> queries() {
        var payments = new ServiceName("payments");
        var orders = new ServiceName("orders");
        var errors = new StatusRange(500, 599);
        var noon = NOON.plus(Duration.ofHours(12));
        var queries = new ArrayList<SessionQuery>();
        queries.add(SessionQuery.ALL);
        queries.add(query(List.of(payments), List.of(), List.of(), null, null, null));
        queries.add(query(List.of(payments, orders), List.of(), List.of(), null, null, null));
        queries.add(query(List.of(new ServiceName("none")), List.of(), List.of(), null, null, null));
        queries.add(query(List.of(), List.of(errors), List.of(), null, null, null));
        queries.add(query(List.of(orders), List.of(errors, new StatusRange(0, 0)), List.of(), null, null, null));
        queries.add(query(List.of(), List.of(), List.of("POST", "get"), null, null, null));
        queries.add(query(List.of(), List.of(), List.of("'; DROP TABLE session; --"), null, null, null));
        queries.add(query(List.of(), List.of(), List.of(), null, noon, null));
        queries.add(query(List.of(), List.of(), List.of(), null, null, noon));
        queries.add(query(List.of(), List.of(), List.of(), null, noon, noon.plus(Duration.ofHours(1))));
        queries.add(query(List.of(), List.of(), List.of(), null, Instant.MIN, Instant.MAX));
        queries.add(query(List.of(), List.of(), List.of(), null, Instant.MAX, Instant.MIN));
        for (String glob :
                List.of("/v1/orders", "/v1/orders/*", "/v1/**", "/", "**", "*/orders", "/100%_*", "/100%_a", "/x*")) {
            queries.add(query(List.of(), List.of(), List.of(), new PathPattern(glob), null, null));
            queries.add(query(List.of(payments), List.of(errors), List.of("GET"), new PathPattern(glob), NOON, noon));
        }
        queries.add(ofCallers(List.of("billing"), List.of()));
        queries.add(ofCallers(List.of("billing", "spiffe://prod/*"), List.of()));
        queries.add(ofCallers(List.of("nobody", "' OR 1=1 --"), List.of()));
        queries.add(ofCallers(List.of(), List.of("checkout")));
        queries.add(ofCallers(List.of(), List.of("none", "check*")));
        queries.add(ofCallers(List.of("*"), List.of("ops", "checkout")));
        return queries;
    }

    static SessionQuery query(
            List<ServiceName> services,
            List<StatusRange> statuses,
            List<String> methods,
            @Nullable PathPattern path,
            @Nullable Instant after,
            @Nullable Instant before) {
        return new SessionQuery(services, statuses, methods, path, List.of(), List.of(), after, before);
    }

    private static SessionQuery ofCallers(List<String> callers, List<String> groups) {
        return new SessionQuery(
                List.of(),
                List.of(),
                List.of(),
                null,
                patterns("", callers),
                patterns(CallerPattern.GROUP, groups),
                null,
                null);
    }

    private static List<CallerPattern> patterns(String before, List<String> texts) {
        return texts.stream().map(text -> new CallerPattern(before + text)).toList();
    }

    private static <T> List<T> first(int count, List<T> all) {
        return all.subList(0, Math.min(count, all.size()));
    }

    static List<SessionSummary> newestFirst(List<CatalogEntry> entries) {
        return entries.stream()
                .map(CatalogEntry::summary)
                .sorted((left, right) -> right.id().compareTo(left.id()))
                .toList();
    }
}
